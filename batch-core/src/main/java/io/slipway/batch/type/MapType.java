package io.slipway.batch.type;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** Maps with texts as keys, written as an Avro map in one block, sorted by the keys' UTF-8 bytes. */
public final class MapType<T> extends Type<Map<String, T>> {

    private final Type<T> value;

    MapType(Type<T> value) {
        super(Schema.createMap(value.schema()));
        this.value = value;
    }

    /** The type of the values. */
    public Type<T> value() {
        return value;
    }

    @Override
    public void write(Map<String, T> map, BinaryOut out) {
        if (!map.isEmpty()) {
            Map<byte[], String> sorted = new TreeMap<>(Arrays::compareUnsigned);
            map.keySet().forEach(key -> sorted.put(key.getBytes(StandardCharsets.UTF_8), key));
            out.writeLong(map.size());
            for (String key : sorted.values()) {
                out.writeString(key);
                value.write(map.get(key), out);
            }
        }
        out.writeLong(0);
    }

    @Override
    public Map<String, T> read(BinaryIn in) {
        Map<String, T> map = new LinkedHashMap<>();
        for (long count = in.readLong(); count != 0; count = in.readLong()) {
            for (long i = 0; i < count; i++) {
                map.put(in.readString(), value.read(in));
            }
        }
        return map;
    }

    @Override
    public void writeKey(Map<String, T> map, BinaryOut out) {
        throw noKey(schema());
    }

    @Override
    public Map<String, T> readKey(byte[] key) {
        throw noKey(schema());
    }
}
