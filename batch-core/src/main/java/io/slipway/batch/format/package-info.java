/**
 * What jobs read: text lines, access logs, CSV, JSON Lines, Avro, Parquet, and records in memory. Each format is a
 * factory with its options and an implementation of {@link io.slipway.batch.Source} beside it; a further format goes here.
 */
package io.slipway.batch.format;
