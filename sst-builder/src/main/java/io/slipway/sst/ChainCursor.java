package io.slipway.sst;

import java.util.List;

/**
 * The records of one partition of a delta: those of its base with its changes, and so on down to a full version. All
 * versions of the chain are open at a time, each with one file of puts and one of deletes.
 */
final class ChainCursor implements RecordCursor {

    private final List<PartitionCursor> versions;
    private final boolean[] isAtEntry;
    private boolean started;
    private PartitionCursor at;

    /**
     * A chain.
     *
     * @param versions what each has of the partition: the delta, its base and so on
     */
    ChainCursor(List<PartitionCursor> versions) {
        this.versions = List.copyOf(versions);
        this.isAtEntry = new boolean[versions.size()];
        this.at = versions.get(0);
    }

    @Override
    public boolean next() {
        if (!started) {
            started = true;
            for (int i = 0; i < isAtEntry.length; i++) {
                isAtEntry[i] = versions.get(i).next();
            }
            return findRecord();
        }
        passKey();
        return findRecord();
    }

    @Override
    public byte[] key() {
        return at.key();
    }

    @Override
    public int keyLength() {
        return at.keyLength();
    }

    @Override
    public byte[] value() {
        return at.value();
    }

    @Override
    public int valueLength() {
        return at.valueLength();
    }

    @Override
    public void close() {
        versions.forEach(RecordCursor::close);
    }

    /** Stops at the least key of all that its newest change does not delete. */
    private boolean findRecord() {
        while (true) {
            int least = least();
            if (least < 0) {
                return false;
            }
            at = versions.get(least);
            if (!at.isDelete()) {
                return true;
            }
            passKey();
        }
    }

    /** The newest of the versions that are at the least key, or −1 at the end. */
    private int least() {
        int least = -1;
        for (int i = 0; i < isAtEntry.length; i++) {
            if (isAtEntry[i] && (least < 0 || versions.get(i).compareKey(versions.get(least)) < 0)) {
                least = i;
            }
        }
        return least;
    }

    /** Has all versions go on that are at the key; the one that holds it last, so that it can be compared with. */
    private void passKey() {
        int holder = versions.indexOf(at);
        for (int i = isAtEntry.length - 1; i > holder; i--) {
            if (isAtEntry[i] && versions.get(i).compareKey(at) == 0) {
                isAtEntry[i] = versions.get(i).next();
            }
        }
        isAtEntry[holder] = at.next();
    }
}
