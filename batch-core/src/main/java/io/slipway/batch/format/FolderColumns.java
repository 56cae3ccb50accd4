package io.slipway.batch.format;

import io.slipway.model.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Columns whose names and values are in the names of a file's folders, as Hive lays tables out: {@code
 * sales/day=2026-01-31/country=at/part-0.csv}. All folders of the path count, as it was given. Names and values are
 * percent-decoded; a value that is empty or {@value #NULL} is null. Immutable.
 */
public final class FolderColumns {

    private static final String NULL = "__HIVE_DEFAULT_PARTITION__";
    private static final int HEXADECIMAL = 16;

    private final Path file;
    private final List<String> names;
    private final List<Optional<String>> values;

    private FolderColumns(Path file, List<String> names, List<Optional<String>> values) {
        this.file = file;
        this.names = List.copyOf(names);
        this.values = List.copyOf(values);
    }

    /**
     * The columns of a file's path, from the outermost folder on.
     *
     * @throws InvalidInputException if two have one name
     */
    public static FolderColumns of(Path file) {
        List<String> names = new ArrayList<>();
        List<Optional<String>> values = new ArrayList<>();
        for (int i = 0; i < file.getNameCount() - 1; i++) {
            String folder = file.getName(i).toString();
            int equals = folder.indexOf('=');
            if (equals > 0) {
                String name = decoded(folder.substring(0, equals));
                if (names.contains(name)) {
                    throw new InvalidInputException(
                            "Two folders of " + file + " give the column '" + name + "'. Rename one.");
                }
                names.add(name);
                String value = decoded(folder.substring(equals + 1));
                values.add(value.isEmpty() || value.equals(NULL) ? Optional.empty() : Optional.of(value));
            }
        }
        return new FolderColumns(file, names, values);
    }

    /**
     * Checks that the folders of all files give the same columns.
     *
     * @throws InvalidInputException if not
     */
    static void checkAlike(List<Path> files) {
        FolderColumns first = of(files.get(0));
        for (Path file : files) {
            FolderColumns other = of(file);
            if (!Set.copyOf(other.names).equals(Set.copyOf(first.names))) {
                throw new InvalidInputException("The folders of the input are not laid out alike: those of "
                        + first.file + " give " + first.named() + ", and those of " + file + " give " + other.named()
                        + ". Read them apart, or move the files.");
            }
        }
    }

    /** The names, in order. */
    public List<String> names() {
        return names;
    }

    /** The values of the names; none for null. */
    List<Optional<String>> values() {
        return values;
    }

    /**
     * The columns of the file and, behind them, those of its folders.
     *
     * @throws InvalidInputException if one is both
     */
    public List<String> behind(List<String> columns) {
        List<String> all = new ArrayList<>(columns);
        for (String name : names) {
            if (columns.contains(name)) {
                throw new InvalidInputException(inBoth(name));
            }
            all.add(name);
        }
        return List.copyOf(all);
    }

    /** What is said of a column that a file has as well as its folders. */
    String inBoth(String name) {
        return "Column '" + name + "' is in " + file + ", and a folder of it is called " + name
                + "=… as well. Rename the folder, or take the column out of the file.";
    }

    private String named() {
        return names.isEmpty() ? "no columns" : "the columns " + String.join(", ", names);
    }

    /** Decodes {@code %2F}; a percent sign without two hexadecimal digits behind it stands for itself. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < encoded.length; i++) {
            int high = encoded[i] == '%' && i + 2 < encoded.length ? Character.digit(encoded[i + 1], HEXADECIMAL) : -1;
            int low = high < 0 ? -1 : Character.digit(encoded[i + 2], HEXADECIMAL);
            if (low < 0) {
                bytes.write(encoded[i]);
            } else {
                bytes.write(high << 4 | low);
                i += 2;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
