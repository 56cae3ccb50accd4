package io.slipway.serving.staging;

import io.slipway.model.CorruptDataException;
import io.slipway.model.UnavailableException;
import io.slipway.model.manifest.Delta;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.repository.Layout;
import io.slipway.serving.store.OpenVersion;
import java.util.Optional;

/** Compares the base of a delta with what the delta says of it. Stateless. */
final class BaseCheck {

    private BaseCheck() {}

    /**
     * Compares.
     *
     * @param manifest the delta's
     * @throws CorruptDataException if the base is another version than the delta says, or of another kind
     * @throws UnavailableException if the base is not there
     */
    static void check(Manifest manifest, Delta delta, Optional<OpenVersion> found) {
        OpenVersion base = found.orElseThrow(() -> new UnavailableException("The " + manifest.version()
                + " is a delta on version " + delta.base() + ", which is not staged yet. It is tried again."));
        compare(manifest, "base", delta.base(), base.id().number());
        compare(manifest, "SHA-256 of the base's manifest", delta.baseSha256(), base.manifestSha256());
        compare(
                manifest,
                "number of partitions of the base",
                manifest.partitions().size(),
                base.manifest().partitions().size());
        compare(
                manifest,
                "routing fields of the base",
                manifest.routingFields(),
                base.manifest().routingFields());
        compare(
                manifest,
                "value schema of the base",
                manifest.valueSchema(),
                base.manifest().valueSchema());
    }

    private static void compare(Manifest manifest, String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new CorruptDataException(Layout.file(manifest.version(), Layout.MANIFEST), what, expected, found);
        }
    }
}
