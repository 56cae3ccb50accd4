package io.slipway.cli;

import io.slipway.model.VersionId;
import io.slipway.model.manifest.Manifest;
import java.util.Optional;
import java.util.function.ObjLongConsumer;

/**
 * Shows how far topics are read, of which one is at a time: a bar for each version, which is gone with its last byte.
 * Thread-safe.
 */
final class TopicProgress implements ObjLongConsumer<Manifest>, AutoCloseable {

    private Optional<Reading> current = Optional.empty();

    @Override
    public synchronized void accept(Manifest version, long bytes) {
        if (current.isEmpty() || !current.get().version.equals(version.version())) {
            close();
            current = Optional.of(new Reading(version));
        }
        if (current.get().isDoneWith(bytes)) {
            close();
        }
    }

    /** What is not read to its end has failed. */
    @Override
    public synchronized void close() {
        current.ifPresent(reading -> reading.bar.close());
        current = Optional.empty();
    }

    /** The reading of one topic. */
    private static final class Reading {

        private final VersionId version;
        private final Progress bar;
        private long left;

        Reading(Manifest manifest) {
            version = manifest.version();
            bar = Progress.ofBytes("Reading version " + version.number(), manifest.bytes());
            left = manifest.bytes();
        }

        boolean isDoneWith(long bytes) {
            bar.advance(bytes);
            left -= bytes;
            return left <= 0;
        }
    }
}
