package io.slipway.batch.plan;

import io.slipway.batch.Sink;
import io.slipway.batch.type.Type;

/**
 * Writes records to the files of a folder.
 *
 * @param input what comes before
 * @param sink which folder, and how
 * @param type how the records are written elsewhere
 */
public record WriteOutput(Node input, Sink<Object> sink, Type<Object> type) implements Output {}
