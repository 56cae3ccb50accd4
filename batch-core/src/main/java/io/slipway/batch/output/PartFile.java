package io.slipway.batch.output;

import java.nio.file.Path;

/**
 * A complete and durable file that will be part of an output folder.
 *
 * @param number its place among the parts
 * @param file where it is until then
 * @param records how many records it holds
 * @param bytes its size
 */
public record PartFile(int number, Path file, long records, long bytes) {}
