package io.slipway.model.value;

import org.apache.avro.Schema;

/** Compiles the encoder of a {@link ValueCodec}. */
final class EncodeCompiler extends PlanCompiler<EncodeStep> {

    @Override
    EncodeStep leaf(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> new EncodeScalars.Null();
            case BOOLEAN -> new EncodeScalars.Bool();
            case INT -> new EncodeScalars.Int();
            case LONG -> new EncodeScalars.Long64();
            case FLOAT -> new EncodeScalars.Float32();
            case DOUBLE -> new EncodeScalars.Float64();
            case STRING -> new EncodeTexts.Text();
            case ENUM -> new EncodeTexts.Symbol(schema);
            case BYTES -> new EncodeTexts.Bytes("bytes", -1);
            case FIXED -> new EncodeTexts.Bytes("fixed of " + schema.getFixedSize() + " bytes", schema.getFixedSize());
            default -> throw new IllegalArgumentException(schema.toString());
        };
    }

    @Override
    EncodeStep array(Schema schema, EncodeStep item) {
        return new EncodeContainers.Items(item);
    }

    @Override
    EncodeStep map(Schema schema, EncodeStep value) {
        return new EncodeContainers.Entries(value);
    }

    @Override
    EncodeStep union(Schema schema, EncodeStep[] branches) {
        return new EncodeContainers.Union(schema, branches);
    }

    @Override
    EncodeStep record(Schema schema, EncodeStep[] fields) {
        return new EncodeContainers.Fields(schema, fields);
    }

    @Override
    EncodeStep[] newArray(int length) {
        return new EncodeStep[length];
    }
}
