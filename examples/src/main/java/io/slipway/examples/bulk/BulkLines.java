package io.slipway.examples.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.kafka.read.ChangeVisitor;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.value.JsonBytes;
import io.slipway.model.value.ValueJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;

/**
 * Writes records as lines of a bulk request: for a put the action {@code index} and the document, for a delete the action
 * {@code delete}. A document's id is its key; a key of several fields is a JSON array. A value that is no record is the
 * field {@code value} of its document. Used by one thread.
 */
final class BulkLines implements ChangeVisitor {

    private final KeyCodec keys;
    private final ValueJson values;
    private final boolean isRecord;
    private final String index;
    private final OutputStream out;
    private final JsonBytes lines = new JsonBytes();

    /**
     * Lines of a version.
     *
     * @param index where the documents go
     * @param out where the lines go; if it fails, its error is thrown unchecked
     */
    BulkLines(Manifest manifest, String index, OutputStream out) {
        this.keys = KeyCodec.of(manifest.keySchema());
        this.values = ValueJson.of(manifest.valueSchema());
        this.isRecord = manifest.valueSchema().getType() == Schema.Type.RECORD;
        this.index = index;
        this.out = out;
    }

    @Override
    public void put(byte[] key, byte[] value) {
        action("index", key);
        if (!isRecord) {
            lines.raw("{\"value\":");
        }
        values.write(value, 0, value.length, lines);
        lines.raw(isRecord ? "\n" : "}\n");
        write();
    }

    @Override
    public void delete(byte[] key) {
        action("delete", key);
        write();
    }

    private void action(String name, byte[] key) {
        JsonNode id = keys.toJson(key);
        lines.reset();
        lines.raw("{\"").raw(name).raw("\":{\"_index\":").string(index).raw(",\"_id\":");
        lines.string(id.isArray() ? id.toString() : id.asText()).raw("}}\n");
    }

    private void write() {
        try {
            out.write(lines.array(), 0, lines.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
