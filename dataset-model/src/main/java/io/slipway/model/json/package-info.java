/**
 * How every persisted JSON document is framed and parsed: explicit parsers over {@link io.slipway.model.json.JsonFields},
 * sealed with a checksum by {@link io.slipway.model.json.SealedJson}, so that renaming a field in code never changes a
 * format and damage is always found.
 */
package io.slipway.model.json;
