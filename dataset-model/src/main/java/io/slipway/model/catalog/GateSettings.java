package io.slipway.model.catalog;

import io.slipway.model.InvalidInputException;
import io.slipway.model.canary.Canary;
import io.slipway.model.canary.CanaryText;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * The limits of the gates that a version passes before it may be swapped in. The defaults stop what is almost always an
 * accident, and let an ordinary night through; everything that depends on what the data is about is off until an
 * operator who knows it sets it.
 */
public final class GateSettings {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,16}(\\.[0-9]{1,6})?");
    private static final double GREATEST_PERCENT = 1_000_000;
    private static final double GREATEST_COUNT = 1e15;

    /** Whether a version without records may follow one that has some. */
    public static final Setting<Boolean> EMPTY = new Setting<>(
            "gate.empty",
            "on",
            GateSettings::onOrOff,
            "`on` holds a version without records where the current one has some; `off` lets it through, as far as the"
                    + " other gates do.");

    /** How much fewer records there may be. */
    public static final Setting<OptionalDouble> RECORDS_DROP = percent(
            "gate.records.drop",
            "20%",
            "The most that the number of records may fall, of the current version's. A lower limit finds smaller losses"
                    + " and holds more ordinary nights.");

    /** How many more records there may be. */
    public static final Setting<OptionalDouble> RECORDS_GROWTH = percent(
            "gate.records.growth",
            "off",
            "The most that the number of records may grow, of the current version's: finds a join that multiplies. Off,"
                    + " because a dataset's first versions often grow a lot.");

    /** The fewest records. */
    public static final Setting<OptionalDouble> RECORDS_LEAST = count(
            "gate.records.least",
            "off",
            "The fewest records that a version may have. Holds the first publication too.");

    /** The most records. */
    public static final Setting<OptionalDouble> RECORDS_MOST = count(
            "gate.records.most", "off", "The most records that a version may have. Holds the first publication too.");

    /** How much smaller the files may be. */
    public static final Setting<OptionalDouble> BYTES_DROP = percent(
            "gate.bytes.drop",
            "off",
            "The most that the size of the files may fall, of the current version's: finds values that lost their"
                    + " content. Off, because another compression changes it too.");

    /** How much larger the files may be. */
    public static final Setting<OptionalDouble> BYTES_GROWTH = percent(
            "gate.bytes.growth",
            "off",
            "The most that the size of the files may grow, of the current version's: protects the nodes' disks.");

    /** How much more of a field may be null. */
    public static final Setting<OptionalDouble> NULLS = percent(
            "gate.nulls",
            "10%",
            "The most percentage points by which the share of nulls may rise in any field: finds a source that went"
                    + " away. A field that was always null may stay so.");

    /** How far a field's mean may move. */
    public static final Setting<OptionalDouble> MEAN_DRIFT = percent(
            "gate.mean.drift",
            "100%",
            "The most that the mean of any number may move, in percent of the current version's range (greatest minus"
                    + " least) or of its mean's magnitude, whichever is greater: so a field that grows with time does"
                    + " not trip it, and one whose mean is near zero does not either. The default finds a wrong unit"
                    + " or a wrong column; 10% finds what an analyst would.");

    /** How far values may lie outside the range there was. */
    public static final Setting<OptionalDouble> RANGE_DRIFT = percent(
            "gate.range.drift",
            "off",
            "How far the least or greatest value of any number may lie outside the current version's range, in percent"
                    + " as for `gate.mean.drift`. Off, because a single outlier moves it.");

    /** How unequal the partitions may be. */
    public static final Setting<OptionalDouble> PARTITION_SKEW = percent(
            "gate.partition.skew",
            "off",
            "The most records that one partition may have, in percent of an equal share: `300%` holds a version with a"
                    + " partition of three times the average. Off, because few records are always spread unevenly.");

    /** How many of the records that were written may have been duplicates. */
    public static final Setting<OptionalDouble> DUPLICATES = percent(
            "gate.duplicates",
            "off",
            "The largest share of the input's records that shared their key with another and were left out.");

    /** What single keys have to answer. */
    public static final Setting<List<Canary>> CANARY = new Setting<>(
            "gate.canary",
            "off",
            text -> text.equals("off") ? List.of() : CanaryText.parse(text),
            "What single keys of a staged version have to answer, separated by semicolons: `LAX exists; XXX absent; SFO:"
                    + " latitude > 37; [\"JFK\", 4]: name = \"Kennedy\"`. Holds the first publication too. How to write"
                    + " them is in operations.md.");

    /** How many of the keys that readers read may answer something else. */
    public static final Setting<OptionalDouble> CHANGED = percent(
            "gate.changed",
            "off",
            "The largest share of the current version's keys, in a sample, that may be gone or have another value in a"
                    + " staged version: finds a source that was replaced. Off, because in many datasets every value"
                    + " changes every night.");

    /** How large that sample is. */
    public static final Setting<Integer> CHANGED_SAMPLE = new Setting<>(
            "gate.changed.sample",
            "10000",
            text -> Setting.wholeNumber(text, 100, 100_000),
            "How many keys of each version `gate.changed` looks at. More measure a small share better, and take longer:"
                    + " of 10,000 a share of 1% is measured to about 0.2 points, if changes do not come in clusters.");

    /** All limits, in the order in which people are shown them. */
    public static final List<Setting<?>> ALL = List.of(
            EMPTY,
            RECORDS_DROP,
            RECORDS_GROWTH,
            RECORDS_LEAST,
            RECORDS_MOST,
            BYTES_DROP,
            BYTES_GROWTH,
            NULLS,
            MEAN_DRIFT,
            RANGE_DRIFT,
            PARTITION_SKEW,
            DUPLICATES,
            CANARY,
            CHANGED,
            CHANGED_SAMPLE);

    private GateSettings() {}

    private static Setting<OptionalDouble> percent(String name, String defaultText, String description) {
        return new Setting<>(name, defaultText, GateSettings::readPercent, description);
    }

    private static Setting<OptionalDouble> count(String name, String defaultText, String description) {
        return new Setting<>(name, defaultText, GateSettings::readCount, description);
    }

    private static OptionalDouble readPercent(String text) {
        boolean hasSign = text.endsWith("%");
        return limit(
                text, hasSign ? text.substring(0, text.length() - 1) : "", GREATEST_PERCENT, "a percentage like 20%");
    }

    private static OptionalDouble readCount(String text) {
        return limit(text, text.contains(".") ? "" : text, GREATEST_COUNT, "a whole number");
    }

    private static OptionalDouble limit(String text, String number, double greatest, String shape) {
        if (text.equals("off")) {
            return OptionalDouble.empty();
        }
        if (NUMBER.matcher(number).matches() && Double.parseDouble(number) <= greatest) {
            return OptionalDouble.of(Double.parseDouble(number));
        }
        throw new InvalidInputException("'" + text + "' is not a limit. Write " + shape + ", or off.");
    }

    private static boolean onOrOff(String text) {
        if (text.equals("on") || text.equals("off")) {
            return text.equals("on");
        }
        throw new InvalidInputException("'" + text + "' is not possible. Use on or off.");
    }
}
