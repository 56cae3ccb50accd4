package io.slipway.benchmarks;

import io.slipway.model.key.KeyCodec;
import io.slipway.model.value.ValueCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Records that look like those of a catalogue of products, in the order of their keys, from a fixed seed. */
final class ProductRecords {

    static final Schema KEY = Schema.create(Schema.Type.STRING);

    static final Schema VALUE = new Schema.Parser().parse("""
            {"type": "record", "name": "Product", "fields": [
              {"name": "title", "type": "string"},
              {"name": "description", "type": "string"},
              {"name": "category", "type": "string"},
              {"name": "price", "type": "double"},
              {"name": "stock", "type": "int"},
              {"name": "rating", "type": ["null", "double"]},
              {"name": "similar", "type": {"type": "array", "items": "long"}}]}""");

    private static final int WORDS = 20_000;
    private static final int CATEGORIES = 300;
    private static final int MOST_DESCRIPTION_WORDS = 30;
    private static final int SIMILAR = 8;
    private static final KeyCodec KEYS = KeyCodec.of(KEY);

    private final Random random = new Random(11);
    private final ValueCodec values = ValueCodec.of(VALUE);
    private final List<String> words = new ArrayList<>();
    private final long records;

    ProductRecords(long records) {
        this.records = records;
        for (int i = 0; i < WORDS; i++) {
            words.add(newWord());
        }
    }

    /** The key of a record. */
    static byte[] key(long record) {
        return KEYS.encode(String.format("product-%010d", record));
    }

    /** The value of the next record. */
    byte[] nextValue() {
        GenericRecord value = new GenericData.Record(VALUE);
        value.put("title", words(2 + random.nextInt(4)));
        value.put("description", words(random.nextInt(MOST_DESCRIPTION_WORDS)));
        value.put("category", "/" + words.get(random.nextInt(20)) + "/" + words.get(random.nextInt(CATEGORIES)));
        value.put("price", random.nextInt(100_000) / 100.0);
        value.put("stock", random.nextInt(4) == 0 ? 0 : random.nextInt(500));
        value.put("rating", random.nextInt(3) == 0 ? null : random.nextInt(41) / 10.0 + 1);
        List<Long> similar = new ArrayList<>();
        for (int i = 0; i < SIMILAR; i++) {
            similar.add((long) (random.nextDouble() * records));
        }
        value.put("similar", similar);
        return values.encode(value);
    }

    private String words(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            // Zipf: the word of rank r comes about 1/r as often as the first.
            int rank = (int) Math.pow(WORDS, random.nextDouble()) - 1;
            text.append(i == 0 ? "" : " ").append(words.get(rank));
        }
        return text.toString();
    }

    private String newWord() {
        StringBuilder word = new StringBuilder();
        for (int left = 2 + random.nextInt(9); left > 0; left--) {
            word.append((char) ('a' + (int) (26 * Math.pow(random.nextDouble(), 1.5))));
        }
        return word.toString();
    }
}
