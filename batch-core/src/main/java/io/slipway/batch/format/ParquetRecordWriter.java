package io.slipway.batch.format;

import io.slipway.batch.RecordWriter;
import io.slipway.batch.type.BinaryOut;
import io.slipway.batch.type.Type;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** Writes a Parquet file. What a row group holds is in memory until it is full. */
final class ParquetRecordWriter<T> implements RecordWriter<T> {

    private static final long ROW_GROUP_BYTES = 16L << 20;

    private final Type<T> type;
    private final OutputStream out;
    private final ParquetWriter<GenericRecord> file;
    private final GenericDatumReader<GenericRecord> records;
    private final BinaryOut bytes = new BinaryOut();
    private BinaryDecoder decoder;

    ParquetRecordWriter(Type<T> type, OutputStream out) throws IOException {
        this.type = type;
        this.out = out;
        this.records = new GenericDatumReader<>(type.schema(), type.schema(), new GenericData());
        PlainParquetConfiguration configuration = new PlainParquetConfiguration();
        configuration.setBoolean(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, false);
        this.file = AvroParquetWriter.<GenericRecord>builder(new Streamed(out))
                .withConf(configuration)
                .withSchema(type.schema())
                .withDataModel(new GenericData())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withRowGroupSize(ROW_GROUP_BYTES)
                .withPageWriteChecksumEnabled(true)
                .build();
    }

    @Override
    public void write(T record) throws IOException {
        type.write(record, bytes.clear());
        decoder = DecoderFactory.get().binaryDecoder(bytes.array(), 0, bytes.size(), decoder);
        file.write(records.read(null, decoder));
    }

    @Override
    public void close() throws IOException {
        try (out) {
            file.close();
        }
    }

    /** A stream as the library wants it. */
    private record Streamed(OutputStream out) implements OutputFile {

        @Override
        public PositionOutputStream create(long blockSizeHint) {
            return new Counted(out);
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) {
            return create(blockSizeHint);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }

    /** Knows how much was written. */
    private static final class Counted extends PositionOutputStream {

        private final OutputStream out;
        private long position;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            position++;
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
