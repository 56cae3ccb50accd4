package io.slipway.batch.plan;

import io.slipway.batch.EncodeFunction;
import io.slipway.model.publish.Publication;
import org.apache.avro.Schema;

/**
 * Publishes records that a function encodes.
 *
 * @param input what comes before
 * @param publication as what
 * @param keySchema the schema of the keys
 * @param valueSchema the schema of the values
 * @param encoder the function
 */
public record EncodedOutput(
        Node input, Publication publication, Schema keySchema, Schema valueSchema, EncodeFunction<Object> encoder)
        implements Published {}
