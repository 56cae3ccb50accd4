/**
 * The order-preserving encoding of keys, {@code spec/key-encoding.md}.
 *
 * <p>Everything that writes, routes, compares or looks up a key uses {@link io.slipway.model.key.KeyCodec}; comparison
 * of encoded keys is unsigned and lexicographic everywhere. A further key type is a further
 * {@link io.slipway.model.key.KeyType}, with test vectors in the spec.
 */
package io.slipway.model.key;
