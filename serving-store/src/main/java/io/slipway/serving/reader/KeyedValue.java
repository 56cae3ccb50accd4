package io.slipway.serving.reader;

/**
 * A record.
 *
 * @param key its key, in the form in which readers give keys
 * @param value its value
 */
public record KeyedValue<T>(Object key, T value) {}
