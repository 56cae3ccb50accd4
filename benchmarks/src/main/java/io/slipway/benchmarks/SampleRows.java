package io.slipway.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/**
 * Makes Avro files of rows such as datasets have, with the key {@code id}. Usage: {@code SampleRows KIND RECORDS FILE}.
 *
 * <ul>
 *   <li>{@code recommendations}: a user's number, and ten items with scores, of which some items are frequent;
 *   <li>{@code features}: a text of 36 letters, as of a UUID, and twelve numbers, half of them small and whole;
 *   <li>{@code profiles}: a text with a number, and texts out of few, with a time and an address.
 * </ul>
 */
public final class SampleRows {

    private static final int ITEMS = 200_000;
    private static final int LIST_ITEMS = 10;
    private static final int FEATURES = 12;
    private static final int SMALL_NUMBERS = 50;
    private static final int LIMIT_SECONDS = 86_400 * 365;
    private static final long START_SECONDS = 1_700_000_000L;
    private static final List<String> CITIES = List.of(
            "Amsterdam",
            "Berlin",
            "Bogotá",
            "Buenos Aires",
            "Chicago",
            "Lagos",
            "Mumbai",
            "Nairobi",
            "Osaka",
            "São Paulo");
    private static final List<String> PLANS = List.of("free", "family", "premium", "student");

    private static final Schema ITEM = SchemaBuilder.record("Item")
            .fields()
            .requiredInt("item")
            .requiredFloat("score")
            .endRecord();

    private final SplittableRandom random = new SplittableRandom(9);

    private SampleRows() {}

    /** Writes the file. */
    public static void main(String[] args) throws IOException {
        SampleRows rows = new SampleRows();
        Schema schema = schema(args[0]);
        try (DataFileWriter<GenericRecord> out = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            out.create(schema, Path.of(args[2]).toFile());
            GenericRecord row = new GenericData.Record(schema);
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                rows.fill(args[0], i, row);
                out.append(row);
            }
        }
    }

    private static Schema schema(String kind) {
        SchemaBuilder.FieldAssembler<Schema> fields =
                SchemaBuilder.record("Row").fields();
        switch (kind) {
            case "recommendations" ->
                fields.requiredLong("id")
                        .name("items")
                        .type()
                        .array()
                        .items(ITEM)
                        .noDefault();
            case "features" -> {
                fields.requiredString("id");
                for (int i = 0; i < FEATURES; i++) {
                    fields.requiredDouble("f" + i);
                }
            }
            case "profiles" ->
                fields.requiredString("id")
                        .requiredString("city")
                        .requiredString("plan")
                        .requiredString("email")
                        .requiredLong("since");
            default -> throw new IllegalArgumentException(kind);
        }
        return fields.endRecord();
    }

    private void fill(String kind, int number, GenericRecord row) {
        switch (kind) {
            case "recommendations" -> fillItems(number, row);
            case "features" -> {
                row.put("id", new java.util.UUID(random.nextLong(), random.nextLong()).toString());
                for (int i = 0; i < FEATURES; i++) {
                    row.put("f" + i, i % 2 == 0 ? (double) random.nextInt(SMALL_NUMBERS) : random.nextDouble());
                }
            }
            default -> {
                row.put("id", "user-" + number);
                row.put("city", CITIES.get(random.nextInt(CITIES.size())));
                row.put("plan", PLANS.get(random.nextInt(PLANS.size())));
                row.put("email", "user" + random.nextInt(ITEMS) + "." + number + "@mail.example.com");
                row.put("since", START_SECONDS + random.nextInt(LIMIT_SECONDS));
            }
        }
    }

    private void fillItems(int number, GenericRecord row) {
        List<GenericRecord> items = new ArrayList<>();
        double score = 1;
        for (int i = 0; i < LIST_ITEMS; i++) {
            double skewed = random.nextDouble();
            score *= 1 - random.nextDouble() / LIST_ITEMS;
            GenericRecord item = new GenericData.Record(ITEM);
            item.put("item", (int) (ITEMS * skewed * skewed * skewed));
            item.put("score", (float) score);
            items.add(item);
        }
        row.put("id", (long) number);
        row.put("items", items);
    }
}
