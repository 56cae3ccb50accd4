package io.slipway.benchmarks;

import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaBuilder.FieldAssembler;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Records of users for the read path, the same in every run. The key is of 17 bytes, {@code user-000000000042}; what is
 * under it says which key and version it is of, so that a reader can tell whether a reply is right. The order of the keys is
 * that of the numbers. Immutable and thread-safe.
 */
enum UserRecords {

    /** One field, {@code v}, of 100 bytes. */
    SMALL(SchemaBuilder.record("User").fields().requiredString("id").requiredString("v")) {
        @Override
        void fill(long number, long version, GenericRecord record) {
            record.put("v", text(number, version));
        }
    },

    /** Ten fields: texts, numbers, booleans, and one that is null in every other record; 1 kB of JSON together. */
    WIDE(SchemaBuilder.record("User")
            .fields()
            .requiredString("id")
            .requiredString("v")
            .requiredString("mail")
            .requiredString("about")
            .requiredString("history")
            .requiredLong("visits")
            .requiredLong("joined")
            .requiredDouble("score")
            .requiredDouble("balance")
            .requiredBoolean("active")
            .optionalString("referrer")) {
        @Override
        void fill(long number, long version, GenericRecord record) {
            long mixed = mix(number);
            record.put("v", text(number, version));
            record.put("mail", key(mixed % MAILS) + "@example.org");
            record.put("about", letters(mixed, ABOUT_BYTES));
            record.put("history", letters(~mixed, HISTORY_BYTES));
            record.put("visits", mixed % MAILS);
            record.put("joined", JOINED + mixed % MAILS);
            record.put("score", (mixed % PARTS) / (double) PARTS);
            record.put("balance", (mixed % MAILS) / CENTS);
            record.put("active", mixed % 2 == 0);
            record.put("referrer", number % 2 == 0 ? null : key(mixed % PARTS));
        }
    };

    /** How many bytes a key has. */
    static final int KEY_BYTES = 17;

    private static final String KEY = "user-000000000000";
    private static final int TEXT_BYTES = 100;
    private static final int ABOUT_BYTES = 400;
    private static final int HISTORY_BYTES = 320;
    private static final long MAILS = 1_000_000_000L;
    private static final long JOINED = 1_600_000_000_000L;
    private static final int PARTS = 10_000;
    private static final double CENTS = 100;
    private static final int LETTER_BITS = 5;
    private static final int LETTERS_OF_ONE = 12;

    @SuppressWarnings("ImmutableEnumChecker") // Nothing changes it.
    private final Schema schema;

    UserRecords(FieldAssembler<Schema> fields) {
        schema = fields.endRecord();
    }

    /** The fields of the value, and before them {@code id}, the key. */
    Schema schema() {
        return schema;
    }

    /** The record of a number in a version. */
    GenericRecord record(long number, long version) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("id", key(number));
        fill(number, version, record);
        return record;
    }

    abstract void fill(long number, long version, GenericRecord record);

    /** The key of a number. */
    static String key(long number) {
        String digits = Long.toString(number);
        return KEY.substring(0, KEY_BYTES - digits.length()) + digits;
    }

    /** The field {@code v} of a number in a version. */
    static String text(long number, long version) {
        String text = key(number) + " in version " + version + " ";
        return text + letters(mix(number + version), TEXT_BYTES - text.length());
    }

    /** The JSON of a small record's value. */
    static String json(long number, long version) {
        return "{\"v\":\"" + text(number, version) + "\"}";
    }

    /** Letters that look random, so that they are compressed by a third only. */
    private static String letters(long seed, int count) {
        byte[] letters = new byte[count];
        long bits = seed;
        for (int i = 0; i < count; i++) {
            if (i % LETTERS_OF_ONE == 0) {
                bits = mix(seed + i);
            }
            letters[i] = (byte) ('a' + bits % 26);
            bits >>>= LETTER_BITS;
        }
        return new String(letters, StandardCharsets.US_ASCII);
    }

    /** The finish of SplitMix64, without the sign. */
    private static long mix(long number) {
        long mixed = (number + 1) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return (mixed ^ (mixed >>> 31)) >>> 1;
    }
}
