package io.slipway.batch.plan;

import io.slipway.batch.type.Type;

/**
 * One of two flows that are brought together by key.
 *
 * @param node what comes before
 * @param valueType how its values are written
 */
public record Side(Node node, Type<Object> valueType) {}
