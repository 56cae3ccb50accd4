package io.slipway.cli;

import com.github.luben.zstd.util.ZstdVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Finds native libraries in the folder that {@code ./slipway} names as {@code java.library.path}. */
final class NativeLibraries {

    private NativeLibraries() {}

    /**
     * Has zstd load its library from that folder, if it is there. It looks for it by a name that is the same on all
     * processors, and else unpacks one into the folder for temporary files, where it stays if the process is killed.
     */
    static void useUnpackedZstd() {
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
        String processor = System.getProperty("os.arch");
        Path library = Path.of(System.getProperty("java.library.path").split(System.getProperty("path.separator"))[0])
                .resolve(mac ? "darwin" : "linux")
                .resolve(mac && processor.equals("amd64") ? "x86_64" : processor)
                .resolve(System.mapLibraryName("zstd-jni-" + ZstdVersion.VERSION));
        if (Files.isRegularFile(library)) {
            System.setProperty("ZstdNativePath", library.toString());
        }
    }
}
