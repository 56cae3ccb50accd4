package io.slipway.batch.format;

import io.slipway.batch.SourceContext;
import io.slipway.batch.Split;
import io.slipway.model.InvalidInputException;
import io.slipway.model.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.LocalInputFile;

/** Reads Parquet files. Stateless. */
final class ParquetFile {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final String AVRO_SCHEMA = "parquet.avro.schema";
    private static final String OLD_AVRO_SCHEMA = "avro.schema";

    private ParquetFile() {}

    /**
     * The Avro schema of a file's records: the one that it was written with, or else what its types are mapped to.
     *
     * @throws InvalidInputException if it is not a Parquet file, or has types that Avro has not
     * @throws UnavailableException if it cannot be read
     */
    static Schema schemaOf(Path path) {
        try {
            checkMagic(path);
        } catch (IOException e) {
            throw new UnavailableException("The input " + path + " cannot be read (" + e + "). Check the file.", e);
        }
        try (ParquetFileReader reader = ParquetFileReader.open(
                new LocalInputFile(path),
                ParquetReadOptions.builder(configuration()).build())) {
            return schemaOf(reader.getFileMetaData());
        } catch (IOException | RuntimeException e) {
            throw new InvalidInputException(
                    path + " is damaged, or has types that are not read: its Parquet footer cannot be used ("
                            + e.getMessage() + "). Get it anew.",
                    e);
        }
    }

    private static Schema schemaOf(FileMetaData file) {
        Map<String, String> metadata = file.getKeyValueMetaData();
        String written = metadata.getOrDefault(AVRO_SCHEMA, metadata.get(OLD_AVRO_SCHEMA));
        return written == null
                ? new AvroSchemaConverter(configuration()).convert(file.getSchema())
                : new Schema.Parser().parse(written);
    }

    /**
     * Hands over the records of the row groups whose middles are in a part of a file.
     *
     * @throws InvalidInputException if the file is damaged, or has another schema
     */
    static void read(Split split, Schema schema, SourceContext<?> context, Consumer<AvroRow> out) {
        Path path = split.file();
        if (!schemaOf(path).equals(schema)) {
            throw new InvalidInputException("The schema of " + path
                    + " is not that of the first file, or not the one that is given. Publish it apart.");
        }
        long row = 0;
        try (ParquetReader<GenericRecord> reader = open(split)) {
            for (GenericRecord record = next(reader, path, row); record != null; record = next(reader, path, row)) {
                row = reader.getCurrentRowIndex() + 1;
                out.accept(new AvroRow(path, "the file", row, record));
            }
        } catch (IOException e) {
            throw damaged(path, row, e);
        }
        context.bytesRead(split.length());
    }

    private static ParquetReader<GenericRecord> open(Split split) throws IOException {
        return AvroParquetReader.<GenericRecord>builder(new LocalInputFile(split.file()), configuration())
                .withDataModel(new GenericData())
                .disableCompatibility()
                .withFileRange(split.start(), split.end())
                .usePageChecksumVerification()
                .build();
    }

    /** The next record, or null. */
    private static GenericRecord next(ParquetReader<GenericRecord> reader, Path path, long row) {
        try {
            return reader.read();
        } catch (IOException | RuntimeException e) {
            throw damaged(path, row, e);
        }
    }

    private static InvalidInputException damaged(Path path, long row, Exception e) {
        String place = row == 0 ? "" : " after record " + row;
        return new InvalidInputException(
                path + " is damaged" + place + ": its Parquet data cannot be read (" + e.getMessage()
                        + "). Get it anew.",
                e);
    }

    private static void checkMagic(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] found = in.readNBytes(MAGIC.length);
            if (!Arrays.equals(found, MAGIC)) {
                throw new InvalidInputException(path
                        + (found.length == 0 ? " is empty, without even a header." : " is not a Parquet file.")
                        + " Get it anew, or say its --format.");
            }
        }
    }

    private static ParquetConfiguration configuration() {
        PlainParquetConfiguration configuration = new PlainParquetConfiguration();
        configuration.setBoolean(AvroSchemaConverter.ADD_LIST_ELEMENT_RECORDS, false);
        return configuration;
    }
}
