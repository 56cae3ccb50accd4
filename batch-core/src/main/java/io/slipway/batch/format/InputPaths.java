package io.slipway.batch.format;

import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the files that paths, folders and globs name. */
final class InputPaths {

    private static final String GLOB_CHARACTERS = "*?[{";

    private InputPaths() {}

    /**
     * The files, in the order of the paths; those of a folder or a glob sorted by name, without hidden ones.
     *
     * @throws InvalidInputException if a path names no file
     */
    static List<Path> expand(List<Path> paths) {
        if (paths.isEmpty()) {
            throw new InvalidInputException("There is no input. Name at least one file.");
        }
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            files.addAll(expand(path));
        }
        return files;
    }

    private static List<Path> expand(Path path) {
        try {
            if (Files.isDirectory(path)) {
                return nonEmpty(visible(path, Integer.MAX_VALUE, file -> true), "The folder " + path + " holds");
            }
            if (Files.exists(path)) {
                return List.of(path);
            }
            if (isGlob(path)) {
                Path root = fixedPart(path);
                PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + path);
                List<Path> matches = Files.isDirectory(root) ? visible(root, Integer.MAX_VALUE, matcher) : List.of();
                return nonEmpty(matches, "The pattern " + path + " matches");
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new InvalidInputException("The input " + path + " cannot be read (" + e + "). Check its rights.", e);
        }
        throw new InvalidInputException("The input " + path + " does not exist. Check the path.");
    }

    private static List<Path> nonEmpty(List<Path> files, String what) {
        if (files.isEmpty()) {
            throw new InvalidInputException(what + " no files. Check the path.");
        }
        return files;
    }

    private static List<Path> visible(Path root, int depth, PathMatcher matcher) throws IOException {
        try (Stream<Path> found = Files.walk(root, depth)) {
            return found.filter(file -> isVisible(root.relativize(file)) && matcher.matches(file))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isVisible(Path relative) {
        for (Path part : relative) {
            String name = part.toString();
            if (name.startsWith(".") || (name.startsWith("_") && name.indexOf('=') < 0)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isGlob(Path path) {
        return path.toString().chars().anyMatch(c -> GLOB_CHARACTERS.indexOf(c) >= 0);
    }

    /** The part of a pattern before the first name that has a special character. */
    private static Path fixedPart(Path pattern) {
        Path fixed = pattern.isAbsolute() ? pattern.getRoot() : Path.of("");
        for (Path part : pattern) {
            if (isGlob(part)) {
                break;
            }
            fixed = fixed.resolve(part);
        }
        return fixed;
    }
}
