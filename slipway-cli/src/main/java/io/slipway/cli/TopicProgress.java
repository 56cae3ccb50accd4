package io.slipway.cli;

import io.slipway.model.VersionId;
import io.slipway.model.manifest.Manifest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/** Shows how far topics are read, a bar for each version. Thread-safe. */
final class TopicProgress implements ObjLongConsumer<Manifest> {

    private final Map<VersionId, Reading> readings = new HashMap<>();

    @Override
    public synchronized void accept(Manifest version, long bytes) {
        readings.computeIfAbsent(version.version(), id -> new Reading(version)).advance(bytes);
    }

    /** The reading of one topic; its bar is closed with the last byte. */
    private static final class Reading {

        private final Progress bar;
        private long left;

        Reading(Manifest version) {
            this.bar = Progress.ofBytes("Reading version " + version.version().number(), version.bytes());
            this.left = version.bytes();
        }

        void advance(long bytes) {
            bar.advance(bytes);
            left -= bytes;
            if (left == 0) {
                bar.close();
            }
        }
    }
}
