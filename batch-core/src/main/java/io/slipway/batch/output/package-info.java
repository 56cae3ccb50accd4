/**
 * Folders of files that jobs write, all or nothing: {@link io.slipway.batch.output.OutputFolder} says how. Used by
 * engines. How a single file of a format is written is not here, but in {@code format}.
 */
package io.slipway.batch.output;
