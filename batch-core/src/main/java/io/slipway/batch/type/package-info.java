/**
 * What the engine must know of a Java type to shuffle and publish its values: an Avro schema, the Avro binary form, and
 * the order-preserving form as a key. Used by the dataflow API, the formats and the engine. A further type that values
 * may have becomes a further subclass of {@link io.slipway.batch.type.Type} here.
 */
package io.slipway.batch.type;
