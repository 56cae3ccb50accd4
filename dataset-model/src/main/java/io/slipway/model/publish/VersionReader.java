package io.slipway.model.publish;

import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.manifest.FileEntry;

/** Reads committed versions record by record, for jobs that have them as their input. Thread-safe. */
public interface VersionReader {

    /**
     * A committed version.
     *
     * @throws io.slipway.model.NotFoundException if there is none
     * @throws io.slipway.model.CorruptDataException if its manifest is damaged
     */
    CommittedVersion version(VersionId version);

    /**
     * The version of a dataset that is current now.
     *
     * @throws io.slipway.model.NotFoundException if no version is
     * @throws io.slipway.model.CorruptDataException if its manifest is damaged, or not the one that the catalog names
     */
    CommittedVersion current(DatasetName dataset);

    /**
     * Shows all records of one file in the order of their keys, after the file as a whole was compared with what the
     * manifest says of it.
     *
     * @throws io.slipway.model.CorruptDataException if the file is missing or damaged; what was shown before is not to be
     *     used
     * @throws io.slipway.model.UnavailableException if it cannot be read
     */
    void read(CommittedVersion version, FileEntry file, RecordVisitor visitor);

    /** Is shown records one after the other. */
    @FunctionalInterface
    interface RecordVisitor {

        /** Takes a record; the arrays are the visitor's. */
        void record(byte[] key, byte[] value);
    }
}
