package io.slipway.testkit;

import io.slipway.model.digest.Digest;
import io.slipway.model.digest.DigestBuilder;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.value.ValueCodec;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Encoded records in the order of their keys, as a model of what a version should hold. Immutable.
 *
 * @param records values by key, both encoded
 */
public record SampleRecords(SortedMap<byte[], byte[]> records) {

    /** Keys of one text. */
    public static final Schema TEXT_KEY = Schema.create(Schema.Type.STRING);

    /** Keys of a text and a number. */
    public static final Schema RECORD_KEY = new Schema.Parser().parse("""
            {"type": "record", "name": "Key", "fields": [
              {"name": "origin", "type": "string"},
              {"name": "day", "type": "long"}]}""");

    /** Values with a number, a number that may be missing, and a text. */
    public static final Schema VALUE = new Schema.Parser().parse("""
            {"type": "record", "name": "Sample", "fields": [
              {"name": "count", "type": "long"},
              {"name": "score", "type": ["null", "double"]},
              {"name": "text", "type": "string"}]}""");

    private static final KeyCodec TEXT_KEYS = KeyCodec.of(TEXT_KEY);
    private static final KeyCodec RECORD_KEYS = KeyCodec.of(RECORD_KEY);
    private static final ValueCodec VALUES = ValueCodec.of(VALUE);
    private static final List<String> LETTERS =
            List.of("a", "b", "z", "0", "/", "%", " ", "é", "日", "\0", "\uD83D\uDE00");

    /** Takes a copy of the map. */
    public SampleRecords {
        SortedMap<byte[], byte[]> copy = new TreeMap<>(Arrays::compareUnsigned);
        copy.putAll(records);
        records = Collections.unmodifiableSortedMap(copy);
    }

    /** No records. */
    public static SampleRecords none() {
        return new SampleRecords(new TreeMap<>(Arrays::compareUnsigned));
    }

    /** Random records with text keys, the empty one among them if there are many. */
    public static SampleRecords random(Random random, int count) {
        SampleRecords records = none();
        SortedMap<byte[], byte[]> map = records.copy();
        if (count > 10) {
            map.put(key(""), value(random));
        }
        while (map.size() < count) {
            map.put(key(text(random, 8)), value(random));
        }
        return new SampleRecords(map);
    }

    /** Random records with keys of {@link #RECORD_KEY}. */
    public static SampleRecords randomWithRecordKeys(Random random, int count) {
        SortedMap<byte[], byte[]> map = none().copy();
        while (map.size() < count) {
            GenericRecord key = new GenericData.Record(RECORD_KEY);
            key.put("origin", text(random, 3));
            key.put("day", (long) random.nextInt(2000) - 1000);
            map.put(RECORD_KEYS.encode(key), value(random));
        }
        return new SampleRecords(map);
    }

    /** An encoded text key. */
    public static byte[] key(String text) {
        return TEXT_KEYS.encode(text);
    }

    /** An encoded value. */
    public static byte[] value(long count, Double score, String text) {
        GenericRecord value = new GenericData.Record(VALUE);
        value.put("count", count);
        value.put("score", score);
        value.put("text", text);
        return VALUES.encode(value);
    }

    /** These records with one more, or another value for a key. */
    public SampleRecords with(byte[] key, byte[] value) {
        SortedMap<byte[], byte[]> map = copy();
        map.put(key, value);
        return new SampleRecords(map);
    }

    /** These records as rows, in order. */
    public List<Row> rows() {
        return records.entrySet().stream()
                .map(record -> Row.of(record.getKey(), record.getValue()))
                .sorted()
                .toList();
    }

    /** What they sum up to. */
    public Digest digest() {
        DigestBuilder digest = new DigestBuilder();
        records.forEach(digest::add);
        return digest.digest();
    }

    /** The values, decoded. */
    public List<GenericRecord> values() {
        return records.values().stream()
                .map(VALUES::decode)
                .map(GenericRecord.class::cast)
                .toList();
    }

    private static byte[] value(Random random) {
        Double score = random.nextInt(4) == 0 ? null : random.nextInt(2000) / 8.0 - 100;
        return value(random.nextInt(100) - 20, score, text(random, random.nextInt(50) == 0 ? 5000 : 20));
    }

    private static String text(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(most + 1); left > 0; left--) {
            text.append(LETTERS.get(random.nextInt(LETTERS.size())));
        }
        return text.toString();
    }

    private SortedMap<byte[], byte[]> copy() {
        SortedMap<byte[], byte[]> copy = new TreeMap<>(Arrays::compareUnsigned);
        copy.putAll(records);
        return copy;
    }
}
