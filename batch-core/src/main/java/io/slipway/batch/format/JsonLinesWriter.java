package io.slipway.batch.format;

import io.slipway.batch.RecordWriter;
import io.slipway.batch.type.BinaryOut;
import io.slipway.batch.type.Type;
import io.slipway.model.value.JsonBytes;
import io.slipway.model.value.ValueJson;
import java.io.IOException;
import java.io.OutputStream;

/** Writes a JSON object a line, in the form that lookups answer with. */
final class JsonLinesWriter<T> implements RecordWriter<T> {

    private final Type<T> type;
    private final ValueJson json;
    private final OutputStream out;
    private final BinaryOut bytes = new BinaryOut();
    private final JsonBytes line = new JsonBytes();

    JsonLinesWriter(Type<T> type, OutputStream out) {
        this.type = type;
        this.json = ValueJson.of(type.schema());
        this.out = out;
    }

    @Override
    public void write(T record) throws IOException {
        type.write(record, bytes.clear());
        line.reset();
        json.write(bytes.array(), 0, bytes.size(), line);
        line.raw('\n');
        out.write(line.array(), 0, line.length());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
