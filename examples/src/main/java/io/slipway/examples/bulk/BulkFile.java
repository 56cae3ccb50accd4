package io.slipway.examples.bulk;

import io.slipway.model.manifest.Manifest;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a bulk file says, such as {@code 000003-0001-v12.ndjson}. In the order of their names, files are in the
 * order in which they are to be applied; the last says where the subscriber is.
 *
 * @param generation counts full versions from 1 on: each begins an index of its own
 * @param step 0 for the full version of the generation, then counts the deltas on it
 * @param version the number of the version
 */
record BulkFile(long generation, int step, long version) implements Comparable<BulkFile> {

    private static final Pattern NAME = Pattern.compile("(\\d{6,18})-(\\d{4,9})-v(\\d{1,18})\\.ndjson");
    private static final Comparator<BulkFile> ORDER =
            Comparator.comparingLong(BulkFile::generation).thenComparingInt(BulkFile::step);

    /** Before the first file. */
    static final BulkFile NONE = new BulkFile(0, 0, 0);

    /** The file of a name, if it is one. */
    static Optional<BulkFile> of(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new BulkFile(
                        Long.parseLong(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }

    /** The file after this one, for a version that a reader gives after the one of this. */
    BulkFile next(Manifest manifest) {
        long number = manifest.version().number();
        return manifest.delta().isPresent()
                ? new BulkFile(generation, step + 1, number)
                : new BulkFile(generation + 1, 0, number);
    }

    /** Its name. */
    String name() {
        return String.format("%06d-%04d-v%d.ndjson", generation, step, version);
    }

    /** The name of the index that it goes into. */
    String index(String dataset) {
        return String.format("%s-%06d", dataset, generation);
    }

    @Override
    public int compareTo(BulkFile other) {
        return ORDER.compare(this, other);
    }
}
