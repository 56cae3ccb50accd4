package io.slipway.model.statistics;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import io.slipway.model.value.BinaryCursor;
import io.slipway.model.value.ValueSkipper;
import java.util.List;
import org.apache.avro.Schema;

/** The figures of one field while values are added. A field that is not a union is one of a single branch. */
final class SketchedField {

    private static final Hasher64 HASHER = Hashing.xxh3_64();

    private enum Kind {
        NULL,
        INT,
        LONG,
        FLOAT,
        DOUBLE,
        STRING,
        OTHER
    }

    private final String name;
    private final Kind[] kinds;
    private final ValueSkipper[] skippers;
    private final UltraLogLog distinct = UltraLogLog.create(FieldSketch.PRECISION);

    private long values;
    private long nulls;
    private long numbers;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;
    private double sum;

    SketchedField(String name, Schema schema) {
        List<Schema> branches = schema.isUnion() ? schema.getTypes() : List.of(schema);
        this.name = name;
        this.kinds = branches.stream().map(SketchedField::kind).toArray(Kind[]::new);
        this.skippers = branches.stream().map(ValueSkipper::of).toArray(ValueSkipper[]::new);
    }

    void add(BinaryCursor cursor, byte[] bytes) {
        int start = cursor.position();
        int branch = kinds.length == 1 ? 0 : cursor.readIndex(kinds.length);
        values++;
        switch (kinds[branch]) {
            case NULL -> {
                nulls++;
                return;
            }
            case INT -> number(cursor.readInt());
            case LONG -> number((double) cursor.readLong());
            case FLOAT -> number(cursor.readFloat());
            case DOUBLE -> number(cursor.readDouble());
            case STRING -> cursor.skipString();
            case OTHER -> skippers[branch].skip(cursor);
        }
        distinct.add(HASHER.hashBytesToLong(bytes, start, cursor.position() - start));
    }

    FieldSketch sketch() {
        NumberSummary summary = numbers == 0 ? NumberSummary.EMPTY : new NumberSummary(numbers, least, greatest, sum);
        return new FieldSketch(name, values, nulls, summary, distinct.getState().clone());
    }

    private void number(double value) {
        if (Math.abs(value) <= Double.MAX_VALUE) {
            numbers++;
            sum += value;
            if (value < least) {
                least = value;
            }
            if (value > greatest) {
                greatest = value;
            }
        }
    }

    private static Kind kind(Schema schema) {
        boolean plain = schema.getLogicalType() == null;
        return switch (schema.getType()) {
            case NULL -> Kind.NULL;
            case INT -> plain ? Kind.INT : Kind.OTHER;
            case LONG -> plain ? Kind.LONG : Kind.OTHER;
            case FLOAT -> Kind.FLOAT;
            case DOUBLE -> Kind.DOUBLE;
            case STRING -> Kind.STRING;
            default -> Kind.OTHER;
        };
    }
}
