package io.slipway.model.value;

/** The encoders of null, booleans and numbers. A number widens where that loses nothing. */
final class EncodeScalars {

    private EncodeScalars() {}

    static final class Null extends EncodeStep {
        @Override
        void encode(Object datum, BinaryBuffer out) {
            if (datum != null) {
                throw MismatchException.notOf("null", datum);
            }
        }

        @Override
        boolean isExact(Object datum) {
            return datum == null;
        }
    }

    static final class Bool extends EncodeStep {
        @Override
        void encode(Object datum, BinaryBuffer out) {
            if (!(datum instanceof Boolean flag)) {
                throw MismatchException.notOf("boolean", datum);
            }
            out.writeByte(flag ? 1 : 0);
        }

        @Override
        boolean isExact(Object datum) {
            return datum instanceof Boolean;
        }
    }

    static final class Int extends EncodeStep {
        @Override
        void encode(Object datum, BinaryBuffer out) {
            if (!(datum instanceof Integer number)) {
                throw MismatchException.notOf("int", datum);
            }
            out.writeLong(number);
        }

        @Override
        boolean isExact(Object datum) {
            return datum instanceof Integer;
        }
    }

    static final class Long64 extends EncodeStep {
        @Override
        void encode(Object datum, BinaryBuffer out) {
            if (!isAcceptable(datum)) {
                throw MismatchException.notOf("long", datum);
            }
            out.writeLong(((Number) datum).longValue());
        }

        @Override
        boolean isExact(Object datum) {
            return datum instanceof Long;
        }

        @Override
        boolean isAcceptable(Object datum) {
            return datum instanceof Long || datum instanceof Integer;
        }
    }

    static final class Float32 extends EncodeStep {
        @Override
        void encode(Object datum, BinaryBuffer out) {
            if (!(datum instanceof Float number)) {
                throw MismatchException.notOf("float", datum);
            }
            out.writeFloat(number);
        }

        @Override
        boolean isExact(Object datum) {
            return datum instanceof Float;
        }
    }

    static final class Float64 extends EncodeStep {
        @Override
        void encode(Object datum, BinaryBuffer out) {
            if (!isAcceptable(datum)) {
                throw MismatchException.notOf("double", datum);
            }
            out.writeDouble(((Number) datum).doubleValue());
        }

        @Override
        boolean isExact(Object datum) {
            return datum instanceof Double;
        }

        @Override
        boolean isAcceptable(Object datum) {
            return datum instanceof Double || datum instanceof Float || datum instanceof Integer;
        }
    }
}
