package io.slipway.model.value;

import org.apache.avro.Schema;

/** Compiles {@link ValueSkipper}s. */
final class SkipperCompiler extends PlanCompiler<ValueSkipper> {

    @Override
    ValueSkipper leaf(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> cursor -> {};
            case BOOLEAN -> BinaryCursor::readBoolean;
            case INT -> BinaryCursor::readInt;
            case LONG -> BinaryCursor::readLong;
            case FLOAT -> cursor -> cursor.skip(Float.BYTES);
            case DOUBLE -> cursor -> cursor.skip(Double.BYTES);
            case STRING -> BinaryCursor::skipString;
            case BYTES -> cursor -> cursor.skip(cursor.readLength());
            case FIXED -> fixed(schema.getFixedSize());
            case ENUM -> symbol(schema.getEnumSymbols().size());
            default -> throw new IllegalArgumentException(schema.toString());
        };
    }

    @Override
    ValueSkipper array(Schema schema, ValueSkipper item) {
        return cursor -> {
            cursor.enter();
            for (long count = cursor.readBlock(); count > 0; count = cursor.readBlock()) {
                for (long i = 0; i < count; i++) {
                    item.skip(cursor);
                }
            }
            cursor.leave();
        };
    }

    @Override
    ValueSkipper map(Schema schema, ValueSkipper value) {
        return array(schema, cursor -> {
            cursor.skipString();
            value.skip(cursor);
        });
    }

    @Override
    ValueSkipper union(Schema schema, ValueSkipper[] branches) {
        return cursor -> branches[cursor.readIndex(branches.length)].skip(cursor);
    }

    @Override
    ValueSkipper record(Schema schema, ValueSkipper[] fields) {
        return cursor -> {
            cursor.enter();
            for (ValueSkipper field : fields) {
                field.skip(cursor);
            }
            cursor.leave();
        };
    }

    @Override
    ValueSkipper[] newArray(int length) {
        return new ValueSkipper[length];
    }

    private static ValueSkipper fixed(int size) {
        return cursor -> cursor.skip(size);
    }

    private static ValueSkipper symbol(int count) {
        return cursor -> cursor.readIndex(count);
    }
}
