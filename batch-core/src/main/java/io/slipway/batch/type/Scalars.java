package io.slipway.batch.type;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The scalar types of the JDK's classes. */
final class Scalars {

    private static final ScalarType<String> STRING = new ScalarType<>(Schema.create(Schema.Type.STRING), "a text") {
        @Override
        public String parse(String text) {
            return text;
        }

        @Override
        public void write(String value, BinaryOut out) {
            out.writeString(value);
        }

        @Override
        public String read(BinaryIn in) {
            return in.readString();
        }

        @Override
        boolean hasFixedWidth() {
            return false;
        }

        @Override
        void writePlainKey(String value, BinaryOut out) {
            out.writeUtf8(value);
        }

        @Override
        String ofKeyValue(Object value) {
            return (String) value;
        }
    };

    private static final ScalarType<byte[]> BYTES =
            new ScalarType<>(Schema.create(Schema.Type.BYTES), "bytes in Base64") {
                @Override
                public byte[] parse(String text) {
                    return Base64.getDecoder().decode(text);
                }

                @Override
                public String text(byte[] value) {
                    return Base64.getEncoder().encodeToString(value);
                }

                @Override
                public void write(byte[] value, BinaryOut out) {
                    out.writeBytes(value);
                }

                @Override
                public byte[] read(BinaryIn in) {
                    return in.readBytes();
                }

                @Override
                boolean hasFixedWidth() {
                    return false;
                }

                @Override
                void writePlainKey(byte[] value, BinaryOut out) {
                    out.writeRaw(value, 0, value.length);
                }

                @Override
                byte[] ofKeyValue(Object value) {
                    return (byte[]) value;
                }
            };

    private static final ScalarType<Integer> INT =
            new FixedWidthType<>(Schema.create(Schema.Type.INT), "an integer of 32 bits") {
                @Override
                public Integer parse(String text) {
                    return Integer.valueOf(text);
                }

                @Override
                public void write(Integer value, BinaryOut out) {
                    out.writeLong(value);
                }

                @Override
                public Integer read(BinaryIn in) {
                    return (int) in.readLong();
                }

                @Override
                void writePlainKey(Integer value, BinaryOut out) {
                    out.writeBig(value ^ Integer.MIN_VALUE, Integer.BYTES);
                }

                @Override
                Integer ofKeyValue(Object value) {
                    return (Integer) value;
                }
            };

    private static final ScalarType<Long> LONG =
            new LongBasedType<>(Schema.create(Schema.Type.LONG), "an integer of 64 bits") {
                @Override
                public Long parse(String text) {
                    return Long.valueOf(text);
                }

                @Override
                long toLong(Long value) {
                    return value;
                }

                @Override
                Long ofLong(long value) {
                    return value;
                }
            };

    private static final ScalarType<Instant> INSTANT =
            new LongBasedType<>(
                    LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG)),
                    "an instant such as 2015-05-17T10:05:03Z") {
                @Override
                public Instant parse(String text) {
                    return parseTime(text, Instant::parse);
                }

                @Override
                long toLong(Instant value) {
                    return ChronoUnit.MICROS.between(Instant.EPOCH, value);
                }

                @Override
                Instant ofLong(long value) {
                    return Instant.EPOCH.plus(value, ChronoUnit.MICROS);
                }
            };

    private static final ScalarType<LocalDate> DATE =
            new FixedWidthType<>(
                    LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)), "a date such as 2015-05-17") {
                @Override
                public LocalDate parse(String text) {
                    return parseTime(text, LocalDate::parse);
                }

                @Override
                public void write(LocalDate value, BinaryOut out) {
                    out.writeLong(value.toEpochDay());
                }

                @Override
                public LocalDate read(BinaryIn in) {
                    return LocalDate.ofEpochDay(in.readLong());
                }

                @Override
                void writePlainKey(LocalDate value, BinaryOut out) {
                    out.writeBig(Math.toIntExact(value.toEpochDay()) ^ Integer.MIN_VALUE, Integer.BYTES);
                }

                @Override
                LocalDate ofKeyValue(Object value) {
                    return LocalDate.ofEpochDay((Integer) value);
                }
            };

    private static final ScalarType<Boolean> BOOLEAN =
            new FixedWidthType<>(Schema.create(Schema.Type.BOOLEAN), "true or false") {
                @Override
                public Boolean parse(String text) {
                    return switch (text) {
                        case "true" -> true;
                        case "false" -> false;
                        default -> throw new IllegalArgumentException(text);
                    };
                }

                @Override
                public void write(Boolean value, BinaryOut out) {
                    out.writeByte(value ? 1 : 0);
                }

                @Override
                public Boolean read(BinaryIn in) {
                    return in.readByte() != 0;
                }

                @Override
                void writePlainKey(Boolean value, BinaryOut out) {
                    out.writeByte(value ? 1 : 0);
                }

                @Override
                Boolean ofKeyValue(Object value) {
                    return (Boolean) value;
                }
            };

    private static final Map<Class<?>, ScalarType<?>> BY_CLASS = Map.ofEntries(
            Map.entry(String.class, STRING),
            Map.entry(byte[].class, BYTES),
            Map.entry(Integer.class, INT),
            Map.entry(int.class, INT),
            Map.entry(Long.class, LONG),
            Map.entry(long.class, LONG),
            Map.entry(Instant.class, INSTANT),
            Map.entry(LocalDate.class, DATE),
            Map.entry(Boolean.class, BOOLEAN),
            Map.entry(boolean.class, BOOLEAN),
            Map.entry(Float.class, FloatingTypes.FLOAT),
            Map.entry(float.class, FloatingTypes.FLOAT),
            Map.entry(Double.class, FloatingTypes.DOUBLE),
            Map.entry(double.class, FloatingTypes.DOUBLE));

    private Scalars() {}

    /** The scalar type of a class, or null if it has none. */
    static ScalarType<?> of(Class<?> type) {
        return BY_CLASS.get(type);
    }

    private static <T> T parseTime(String text, java.util.function.Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
