package io.slipway.benchmarks;

import io.slipway.batch.engine.EmbeddedEngine;
import java.nio.file.Path;

/** The engine as the launcher would have it made: with the memory that its property tells. */
final class LauncherEngine {

    private LauncherEngine() {}

    /** An engine with its scratch files in a folder. */
    static EmbeddedEngine in(String scratch) {
        return EmbeddedEngine.builder()
                .memoryBytes(Long.getLong("slipway.memory.bytes"))
                .scratch(Path.of(scratch))
                .build();
    }
}
