package io.slipway.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Temporary folders in memory where the machine has such a file system, else on disk: for tests that sync thousands of
 * small files, and do not test whether that is durable. {@code @TempDir(factory = MemoryFolders.class)}.
 */
public final class MemoryFolders implements TempDirFactory {

    private static final Path MEMORY = Path.of("/dev/shm");

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws Exception {
        return Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, "slipway-test-")
                : TempDirFactory.Standard.INSTANCE.createTempDirectory(element, context);
    }
}
