package io.slipway.batch.format;

import java.nio.file.Path;
import org.apache.avro.generic.GenericRecord;

/**
 * A record of a file that has a schema of its own, and where it is.
 *
 * @param file the file
 * @param block the part of the file that it is in, for messages
 * @param number its number in that part, from 1
 * @param record the record, without conversions of logical types
 */
public record AvroRow(Path file, String block, long number, GenericRecord record) {

    /** Where in the file it is: {@code record 3 of the block at byte 1234}. */
    public String place() {
        return "record " + number + " of " + block;
    }
}
