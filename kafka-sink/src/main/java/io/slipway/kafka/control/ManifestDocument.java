package io.slipway.kafka.control;

import io.slipway.model.VersionId;
import io.slipway.model.json.Sha256;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.DecisionJson;
import java.nio.ByteBuffer;

/** The document {@code manifest.json} of a version ({@code spec/bundle-format.md}), as it was written. Immutable. */
public final class ManifestDocument {

    private final byte[] bytes;

    /** The document of these bytes, of which a copy is kept. */
    public ManifestDocument(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** A copy of its bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Its hash, in hex. */
    public String sha256() {
        return Sha256.hex(bytes);
    }

    /**
     * What it says.
     *
     * @param place where it was found, for messages
     * @param version the version that it is to be about
     * @throws io.slipway.model.CorruptDataException if it is damaged, about another version, or not a manifest
     * @throws io.slipway.model.UnsupportedFormatException if its format is not one that this program reads
     */
    public CommittedVersion read(String place, VersionId version) {
        if (DecisionJson.read(place, version, bytes) instanceof Decision.Committed committed) {
            return new CommittedVersion(committed.manifest(), committed.sha256());
        }
        throw new io.slipway.model.CorruptDataException(place, "manifest", "a manifest", "an abort");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ManifestDocument document
                && ByteBuffer.wrap(bytes).equals(ByteBuffer.wrap(document.bytes));
    }

    @Override
    public int hashCode() {
        return ByteBuffer.wrap(bytes).hashCode();
    }

    @Override
    public String toString() {
        return "manifest of " + bytes.length + " bytes";
    }
}
