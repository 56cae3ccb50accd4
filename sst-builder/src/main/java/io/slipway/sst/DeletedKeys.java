package io.slipway.sst;

import io.slipway.model.CorruptDataException;
import io.slipway.model.digest.DigestBuilder;
import io.slipway.model.manifest.FileEntry;

/** The entries of a delta's file of deletes: keys, with nothing as their value. Stateless. */
public final class DeletedKeys {

    private DeletedKeys() {}

    /**
     * Adds an entry to a digest.
     *
     * @param file the file that it is in
     * @throws CorruptDataException if it has a value
     */
    public static void add(FileEntry file, byte[] key, byte[] value, DigestBuilder digest) {
        if (value.length > 0) {
            throw new CorruptDataException(
                    file.name(), "an entry", "a deleted key without value", value.length + " bytes of value");
        }
        digest.addDelete(key);
    }
}
