package io.slipway.serving.staging;

import io.slipway.model.CorruptDataException;
import io.slipway.model.NotFoundException;
import io.slipway.model.VersionId;
import io.slipway.model.json.Sha256;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.DecisionJson;
import io.slipway.model.repository.Layout;
import io.slipway.model.storage.RepositoryStorage;

/** A manifest with its stored bytes, found to be the one that the catalog names. Immutable. */
final class StoredManifest {

    private final Manifest manifest;
    private final byte[] document;
    private final String sha256;

    private StoredManifest(Manifest manifest, byte[] document, String sha256) {
        this.manifest = manifest;
        this.document = document;
        this.sha256 = sha256;
    }

    /**
     * Reads the manifest of a version.
     *
     * @param expectedSha256 the hash that the catalog has of it
     * @throws CorruptDataException if it is missing, damaged, of another version, or not the one of the catalog
     */
    static StoredManifest read(RepositoryStorage storage, VersionId version, String expectedSha256) {
        String path = Layout.file(version, Layout.MANIFEST);
        byte[] document = document(storage, path, expectedSha256);
        if (!(DecisionJson.read(path, version, document) instanceof Decision.Committed committed)) {
            throw new CorruptDataException(path, "whole file", "a manifest", "that the version was aborted");
        }
        String sha256 = Sha256.hex(document);
        if (!sha256.equals(expectedSha256)) {
            throw new CorruptDataException(
                    path,
                    "whole file",
                    "SHA-256 " + (expectedSha256.isEmpty() ? "none" : expectedSha256) + ", as the catalog has it",
                    sha256);
        }
        return new StoredManifest(committed.manifest(), document, sha256);
    }

    /** The manifest. */
    Manifest manifest() {
        return manifest;
    }

    /** Its bytes as they are stored; not to be changed. */
    byte[] document() {
        return document;
    }

    /** The hash of its bytes. */
    String sha256() {
        return sha256;
    }

    private static byte[] document(RepositoryStorage storage, String path, String expectedSha256) {
        try {
            return storage.read(path);
        } catch (NotFoundException e) {
            StorageCheck.requireThere(storage);
            throw new CorruptDataException(path, "whole file", "a manifest of SHA-256 " + expectedSha256, "no file");
        }
    }
}
