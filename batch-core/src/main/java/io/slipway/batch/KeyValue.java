package io.slipway.batch;

/**
 * A key with one value of it.
 *
 * @param key the key
 * @param value the value
 */
public record KeyValue<K, V>(K key, V value) {}
