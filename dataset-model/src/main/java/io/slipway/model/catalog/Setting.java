package io.slipway.model.catalog;

import io.slipway.model.DurationText;
import io.slipway.model.InvalidInputException;
import io.slipway.model.SizeText;
import io.slipway.model.publish.Compression;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.Route;
import io.slipway.model.value.SchemaCompatibility;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A setting of a dataset: its name as users write it, its default, how its text is read, and what it trades off.
 *
 * @param <T> the type of its value
 */
public final class Setting<T> {

    private static final long LEAST_FILE_BYTES = 1L << 20;
    private static final long GREATEST_FILE_BYTES = 1L << 40;

    /** Which way versions take from the job to the nodes. */
    public static final Setting<Route> ROUTE =
            new Setting<>("route", "sst", Route::of, "How versions get from the job to the nodes: `sst` or `kafka`.");

    /** What becomes of duplicate keys where a publish does not say. */
    public static final Setting<DuplicatePolicy> DUPLICATES = new Setting<>(
            "duplicates",
            "fail",
            DuplicatePolicy::of,
            "What becomes of several records with one key, where `publish` does not say: `fail` stops the publish and"
                    + " names the keys; `first` and `last` keep one, in the order of the input.");

    /** How many leading fields of a record key route it. */
    public static final Setting<Integer> ROUTING_FIELDS = new Setting<>(
            "routing.fields",
            "0",
            text -> wholeNumber(text, 0, 100),
            "How many leading fields of a record key choose its partition; 0 for all. With fewer, a scan by these"
                    + " fields reads one partition, and partitions may grow uneven. Takes effect with the next version.");

    /** How the blocks of a version's files are compressed. */
    public static final Setting<Compression> COMPRESSION = new Setting<>(
            "compression",
            "lz4",
            Compression::of,
            "How the blocks of a version's files are compressed: `none`, `lz4` or `zstd`. Smaller files take less disk,"
                    + " memory for caching and time to stage; `zstd` takes more time to write and to look up. See"
                    + " [storage](storage.md). Takes effect with the next version.");

    /** How large one file of a version gets. */
    public static final Setting<Long> FILE_SIZE = new Setting<>(
            "file.size",
            "256m",
            text -> size(text, LEAST_FILE_BYTES, GREATEST_FILE_BYTES),
            "About how large a file of a version gets before its partition goes on in another one, from `1m` to `1024g`."
                    + " A node that is interrupted fetches whole files again, and several at once; smaller ones cost more"
                    + " requests and open files. Takes effect with the next version.");

    /** How many versions stay readable after they were current. */
    public static final Setting<Integer> RETENTION_VERSIONS = new Setting<>(
            "retention.versions",
            "2",
            text -> wholeNumber(text, 0, 1000),
            "How many versions that were current stay on the nodes for rollback and pinned reads. More cost disk.");

    /** How long a version stays readable after it was current. */
    public static final Setting<Duration> RETENTION_AGE = new Setting<>(
            "retention.age",
            "1h",
            DurationText::parse,
            "How long at least a version stays on the nodes after it was current, whatever their number: `30s`, `10m`,"
                    + " `1h`, `7d`. Longer costs disk.");

    /** Whether the controller swaps a staged version in by itself. */
    public static final Setting<SwapMode> SWAP = new Setting<>(
            "swap",
            "auto",
            SwapMode::of,
            "`auto` swaps a version in as soon as it is staged; `manual` waits for `slipway swap`.");

    /** Which schema changes are accepted. */
    public static final Setting<SchemaCompatibility.Mode> COMPATIBILITY = new Setting<>(
            "compatibility",
            "forward",
            SchemaCompatibility.Mode::of,
            "Which changes of the value schema a publish may make: `forward` demands that readers of the current schema"
                    + " can read the new values; `full` also the reverse, so that a rollback is safe too; `none` checks"
                    + " nothing.");

    /** How far nodes verify a version before it is staged. */
    public static final Setting<Verification> VERIFY = new Setting<>(
            "verify",
            "files",
            Verification::of,
            "What a node checks before a version counts as staged: `files` checks size and SHA-256 of every file,"
                    + " every block's checksum and the record counts; `records` also recomputes the digest of all"
                    + " records, which takes longer.");

    /** How many deltas may be on top of one another. */
    public static final Setting<Integer> DELTA_CHAIN = new Setting<>(
            "delta.chain",
            "10",
            text -> wholeNumber(text, 0, 100),
            "How many deltas may be on top of one another before a full version has to be published or `slipway compact`"
                    + " makes one; 0 allows none. A longer chain is more to read for a lookup, and more to fetch for a new"
                    + " node.");

    private static final List<Setting<?>> GENERAL = List.of(
            ROUTE,
            DUPLICATES,
            ROUTING_FIELDS,
            COMPRESSION,
            FILE_SIZE,
            RETENTION_VERSIONS,
            RETENTION_AGE,
            SWAP,
            COMPATIBILITY,
            VERIFY,
            DELTA_CHAIN);

    private final String name;
    private final String defaultText;
    private final Function<String, T> parse;
    private final String description;

    Setting(String name, String defaultText, Function<String, T> parse, String description) {
        this.name = name;
        this.defaultText = defaultText;
        this.parse = parse;
        this.description = description;
    }

    /** All settings, in the order in which people are shown them. */
    public static List<Setting<?>> all() {
        return All.SETTINGS;
    }

    /** The name as users write it. */
    public String name() {
        return name;
    }

    /** The default as users write it. */
    public String defaultText() {
        return defaultText;
    }

    /** What it does and trades off, in Markdown. */
    public String description() {
        return description;
    }

    /**
     * Reads a value.
     *
     * @throws InvalidInputException if the text is not acceptable
     */
    public T parse(String text) {
        return parse.apply(text);
    }

    /**
     * The setting of a name.
     *
     * @throws InvalidInputException if there is none, naming those there are
     */
    public static Setting<?> of(String name) {
        return all().stream()
                .filter(setting -> setting.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("'" + name + "' is not a setting of a dataset. There are: "
                        + all().stream().map(Setting::name).collect(Collectors.joining(", ")) + "."));
    }

    /** Apart, because the settings of other classes are made by this one's constructor. */
    private static final class All {
        private static final List<Setting<?>> SETTINGS = Stream.of(GENERAL, GateSettings.ALL)
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }

    static int wholeNumber(String text, int least, int greatest) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= greatest) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new InvalidInputException(
                "'" + text + "' is not a whole number from " + least + " to " + greatest + ". Give one.");
    }

    private static long size(String text, long least, long greatest) {
        long bytes = SizeText.parse(text);
        if (bytes < least || bytes > greatest) {
            throw new InvalidInputException("'" + text + "' is not a size from " + SizeText.of(least) + " to "
                    + SizeText.of(greatest) + ". Give one.");
        }
        return bytes;
    }

    /** Whether the controller swaps a staged version in by itself. */
    public enum SwapMode {
        /** By itself. */
        AUTO,
        /** When an operator says so. */
        MANUAL;

        static SwapMode of(String text) {
            return choice(SwapMode.class, text);
        }
    }

    /** How far nodes verify a version before it is staged. */
    public enum Verification {
        /** Sizes, hashes, block checksums and counts. */
        FILES,
        /** The digest of all records as well. */
        RECORDS;

        static Verification of(String text) {
            return choice(Verification.class, text);
        }
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String text) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        throw new InvalidInputException("'" + text + "' is not possible. Use one of: "
                + Arrays.stream(type.getEnumConstants())
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))
                + ".");
    }
}
