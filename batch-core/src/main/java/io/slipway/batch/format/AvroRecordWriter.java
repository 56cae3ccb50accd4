package io.slipway.batch.format;

import io.slipway.batch.RecordWriter;
import io.slipway.batch.type.BinaryOut;
import io.slipway.batch.type.Type;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;

/** Writes an Avro data file. */
final class AvroRecordWriter<T> implements RecordWriter<T> {

    private static final int ZSTANDARD_LEVEL = 3;

    private final Type<T> type;
    private final DataFileWriter<Object> file;
    private final BinaryOut bytes = new BinaryOut();

    AvroRecordWriter(Type<T> type, OutputStream out) throws IOException {
        this.type = type;
        this.file = new DataFileWriter<>(new GenericDatumWriter<>(type.schema()))
                .setCodec(CodecFactory.zstandardCodec(ZSTANDARD_LEVEL))
                .create(type.schema(), out);
    }

    @Override
    public void write(T record) throws IOException {
        type.write(record, bytes.clear());
        file.appendEncoded(ByteBuffer.wrap(bytes.array(), 0, bytes.size()));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
