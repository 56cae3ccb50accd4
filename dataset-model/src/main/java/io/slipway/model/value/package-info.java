/**
 * Values: Avro binary of a version's value schema, without a schema id. {@link io.slipway.model.value.ValueCodec} encodes
 * and decodes them, {@link io.slipway.model.value.ValueJson} turns them into JSON for readers, {@link
 * io.slipway.model.value.SchemaCompatibility} says which schema may follow which.
 *
 * <p>Whatever works on encoded values is a plan compiled once from the schema ({@code PlanCompiler}) that runs over a
 * {@link io.slipway.model.value.BinaryCursor}; the cursor alone knows the binary format and its limits. A new way of
 * reading values is a new plan.
 */
package io.slipway.model.value;
