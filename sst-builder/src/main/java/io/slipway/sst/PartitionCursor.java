package io.slipway.sst;

import io.slipway.model.CorruptDataException;
import io.slipway.model.digest.DigestBuilder;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.PartitionEntry;
import java.util.List;

/**
 * What one version itself has of one partition: the records of a full version, the puts and deletes of a delta. At the
 * end the digest of all is compared with the manifest's.
 */
final class PartitionCursor implements RecordCursor {

    private final Manifest manifest;
    private final PartitionEntry partition;
    private final List<VersionFile> files;
    private final RecordCursor puts;
    private final RecordCursor deletes;
    private final DigestBuilder digest = new DigestBuilder();
    private boolean started;
    private boolean hasPut;
    private boolean hasDelete;
    private boolean isDelete;

    PartitionCursor(VersionFiles versions, Manifest manifest, int partition, long readAheadBytes) {
        this.manifest = manifest;
        this.partition = manifest.partitions().get(partition);
        this.files = versions.of(manifest, partition);
        this.puts = cursor(FileEntry.Content.RECORDS, readAheadBytes);
        this.deletes = cursor(FileEntry.Content.DELETES, readAheadBytes);
    }

    @Override
    public boolean next() {
        if (!started || !isDelete) {
            hasPut = (!started || hasPut) && puts.next();
        }
        if (!started || isDelete) {
            hasDelete = (!started || hasDelete) && deletes.next();
        }
        started = true;
        if (!hasPut && !hasDelete) {
            checkDigest();
            return false;
        }
        isDelete = hasDelete && (!hasPut || isDeleteFirst());
        if (isDelete) {
            digest.addDelete(deletes.copyKey());
        } else {
            digest.add(puts.key(), 0, puts.keyLength(), puts.value(), 0, puts.valueLength());
        }
        return true;
    }

    /** Whether the entry deletes its key; then it has no value. */
    boolean isDelete() {
        return isDelete;
    }

    @Override
    public byte[] key() {
        return at().key();
    }

    @Override
    public int keyLength() {
        return at().keyLength();
    }

    @Override
    public byte[] value() {
        return at().value();
    }

    @Override
    public int valueLength() {
        return at().valueLength();
    }

    @Override
    public void close() {
        puts.close();
        deletes.close();
    }

    private RecordCursor cursor(FileEntry.Content content, long readAheadBytes) {
        return new FilesCursor(
                files.stream().filter(file -> file.entry().content() == content).toList(), readAheadBytes);
    }

    private RecordCursor at() {
        return isDelete ? deletes : puts;
    }

    private boolean isDeleteFirst() {
        int order = deletes.compareKey(puts);
        if (order == 0) {
            throw new CorruptDataException(where(), "a key", "one change of each key", "a put and a delete of one");
        }
        return order < 0;
    }

    private void checkDigest() {
        if (!digest.digest().equals(partition.digest())) {
            throw new CorruptDataException(where(), "all records", partition.digest(), digest.digest());
        }
    }

    private String where() {
        return files.size() == 1
                ? files.get(0).place()
                : "Partition " + partition.partition() + " of " + manifest.version();
    }
}
