package io.slipway.model.repository;

import io.slipway.model.manifest.Manifest;

/** How a claimed version was decided, once and for ever. */
public sealed interface Decision {

    /** Which call wrote the decision. */
    String writeId();

    /**
     * The version is complete.
     *
     * @param manifest what it consists of
     * @param sha256 the hash of the stored decision, in hex
     * @param writeId which call wrote it
     */
    record Committed(Manifest manifest, String sha256, String writeId) implements Decision {}

    /**
     * The version will never be.
     *
     * @param reason why, for people
     * @param writeId which call wrote it
     */
    record Aborted(String reason, String writeId) implements Decision {}
}
