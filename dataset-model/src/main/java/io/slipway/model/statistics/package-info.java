/**
 * What the values of a version look like, field by field, gathered while they are written: counts, nulls, an estimate of
 * the distinct values, and least, greatest and sum of numbers. Gates compare these figures between versions. A {@link
 * io.slipway.model.statistics.FieldSketcher} looks at the values of one partition; its sketches can be merged, carried in
 * receipts, and end as the manifest's {@link io.slipway.model.manifest.FieldStatistics}. New figures about fields go
 * here.
 */
package io.slipway.model.statistics;
