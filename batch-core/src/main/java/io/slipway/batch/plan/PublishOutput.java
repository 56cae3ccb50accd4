package io.slipway.batch.plan;

import io.slipway.batch.type.Type;
import io.slipway.model.publish.Publication;
import org.apache.avro.Schema;

/**
 * Publishes typed records.
 *
 * @param input what comes before
 * @param publication as what
 * @param keyType how keys are written
 * @param valueType how values are written
 */
public record PublishOutput(Node input, Publication publication, Type<Object> keyType, Type<Object> valueType)
        implements Published {

    @Override
    public Schema keySchema() {
        return keyType.schema();
    }

    @Override
    public Schema valueSchema() {
        return valueType.schema();
    }
}
