/**
 * Files in, keys and values out: finds the Avro schemas of CSV, JSON Lines, Avro and Parquet, and encodes their rows straight to the
 * bytes of keys and values, for {@link io.slipway.batch.Flow#publishEncoded}. What {@code slipway publish} does without
 * code of its users is here.
 *
 * <p>{@link io.slipway.batch.table.Table} is the entrance. A further format is a further subclass of it; a further type
 * of columns goes into {@link io.slipway.batch.table.ColumnType} and the scalars beside it. Reading files is the
 * business of {@code io.slipway.batch.format}.
 */
package io.slipway.batch.table;
