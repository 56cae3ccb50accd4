package io.slipway.batch.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.Optional;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The scalars of Avro schemas. Stateless. */
final class Scalars {

    /** How strict texts are read. */
    enum Reading {
        /** For types that were found: an integer must be canonical, since else it would come out as another text. */
        CANONICAL,
        /** For types that somebody chose: what can be read as the type is. */
        LENIENT
    }

    private Scalars() {}

    /** The scalar of a schema that is not a union; empty if its values have parts, or no text form here. */
    static Optional<Scalar> of(Schema schema, Reading reading) {
        if (isMeaningful(schema)) {
            return LogicalScalars.of(schema);
        }
        return switch (schema.getType()) {
            case STRING -> Optional.of(new Text(reading));
            case BOOLEAN -> Optional.of(new Bool());
            case INT, LONG -> Optional.of(new Whole(schema.getType(), reading));
            case FLOAT, DOUBLE -> Optional.of(new Floating(schema.getType()));
            case BYTES, FIXED -> Optional.of(new Base64Bytes(schema));
            case ENUM -> Optional.of(new Symbol(schema));
            default -> Optional.empty();
        };
    }

    /** Whether values are something else than their type says; texts are texts, except for those that have one form. */
    private static boolean isMeaningful(Schema schema) {
        LogicalType meaning = schema.getLogicalType();
        return meaning != null && (schema.getType() != Schema.Type.STRING || meaning instanceof LogicalTypes.Uuid);
    }

    private static final class Text extends Scalar {

        private final Reading reading;

        Text(Reading reading) {
            super("string");
            this.reading = reading;
        }

        @Override
        void text(String text, ScalarSink out) {
            out.ofString(text);
        }

        @Override
        boolean fits(JsonNode json) {
            return json.isTextual() || (reading == Reading.LENIENT && json.isValueNode());
        }
    }

    private static final class Bool extends Scalar {

        Bool() {
            super("boolean");
        }

        @Override
        void text(String text, ScalarSink out) throws MisfitException {
            boolean value = text.equals("true");
            if (!value && !text.equals("false")) {
                throw misfit(text);
            }
            out.ofBoolean(value);
        }

        @Override
        boolean fits(JsonNode json) {
            return json.isBoolean();
        }
    }

    /** An integer of 32 or 64 bits. */
    private static final class Whole extends Scalar {

        private final boolean narrow;
        private final Reading reading;

        Whole(Schema.Type type, Reading reading) {
            super(type.getName());
            this.narrow = type == Schema.Type.INT;
            this.reading = reading;
        }

        @Override
        void text(String text, ScalarSink out) throws MisfitException {
            long value;
            try {
                value = Numbers.parseLong(text);
            } catch (NumberFormatException e) {
                throw misfit(text);
            }
            if ((narrow && value != (int) value) || !isAcceptable(text)) {
                throw misfit(text);
            }
            if (narrow) {
                out.ofInt((int) value);
            } else {
                out.ofLong(value);
            }
        }

        private boolean isAcceptable(String text) {
            if (reading == Reading.LENIENT || text.charAt(0) >= '1') {
                return text.charAt(0) != '+';
            }
            return (PlainText.kinds(text) & PlainText.LONG) != 0;
        }

        @Override
        boolean fits(JsonNode json) {
            return json.isIntegralNumber() || (reading == Reading.LENIENT && json.isTextual());
        }
    }

    private static final class Floating extends Scalar {

        private final boolean narrow;

        Floating(Schema.Type type) {
            super(type.getName());
            this.narrow = type == Schema.Type.FLOAT;
        }

        @Override
        void text(String text, ScalarSink out) throws MisfitException {
            try {
                if (narrow) {
                    out.ofFloat((float) finite(Numbers.parseFloat(text), text));
                } else {
                    out.ofDouble(finite(Numbers.parseDouble(text), text));
                }
            } catch (NumberFormatException e) {
                throw misfit(text);
            }
        }

        private double finite(double value, String text) throws MisfitException {
            if (Double.isInfinite(value)) {
                throw misfit(text);
            }
            return value;
        }

        @Override
        boolean fits(JsonNode json) {
            return json.isNumber();
        }
    }

    private static final class Base64Bytes extends Scalar {

        private final int fixedSize;

        Base64Bytes(Schema schema) {
            super(
                    schema.getType() == Schema.Type.FIXED
                            ? "fixed of " + schema.getFixedSize() + " bytes (Base64)"
                            : "bytes (Base64)");
            this.fixedSize = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : -1;
        }

        @Override
        void text(String text, ScalarSink out) throws MisfitException {
            byte[] value;
            try {
                value = Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw misfit(text);
            }
            if (fixedSize < 0) {
                out.ofBytes(value);
            } else if (value.length == fixedSize) {
                out.ofFixed(value);
            } else {
                throw misfit(text);
            }
        }
    }

    private static final class Symbol extends Scalar {

        private final Schema schema;

        Symbol(Schema schema) {
            super("enum of " + String.join(", ", schema.getEnumSymbols()));
            this.schema = schema;
        }

        @Override
        void text(String text, ScalarSink out) throws MisfitException {
            if (!schema.hasEnumSymbol(text)) {
                throw misfit(text);
            }
            out.ofInt(schema.getEnumOrdinal(text));
        }
    }
}
