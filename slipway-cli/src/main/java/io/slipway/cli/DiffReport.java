package io.slipway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.value.ValueJson;
import io.slipway.sst.diff.FieldChange;
import io.slipway.sst.diff.RecordChange;
import io.slipway.sst.diff.VersionDiff;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A comparison of two versions as people read it: counts, fields, examples. */
final class DiffReport {

    private static final int LONGEST_TEXT = 100;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final VersionDiff diff;
    private final KeyCodec keys;
    private final ValueJson older;
    private final ValueJson newer;

    DiffReport(VersionDiff diff) {
        this.diff = diff;
        this.keys = KeyCodec.of(diff.newer().keySchema());
        this.older = ValueJson.of(diff.older().valueSchema());
        this.newer = ValueJson.of(diff.newer().valueSchema());
    }

    void print(PrintWriter out) {
        out.printf(
                "%s, from version %d (records %s) to %d (records %s):%n",
                diff.newer().version().dataset(),
                diff.older().version().number(),
                number(diff.common() + diff.removed()),
                diff.newer().version().number(),
                number(diff.common() + diff.added()));
        printKeys(out);
        if (diff.changed() > 0 || diff.fields().stream().anyMatch(DiffReport::isOfSchema)) {
            out.println();
            printFields(out);
        }
        if (!diff.examples().isEmpty()) {
            out.println();
            diff.examples().forEach(change -> printExample(change, out));
        }
        out.flush();
    }

    private void printKeys(PrintWriter out) {
        TextTable table = new TextTable("lr", "KEYS", "COUNT");
        table.add("added", number(diff.added()));
        table.add("removed", number(diff.removed()));
        table.add("changed", number(diff.changed()));
        table.add("unchanged", number(diff.unchanged()));
        table.print(out);
        int partitions = diff.newer().partitions().size();
        if (diff.partitionsRead() < partitions) {
            out.printf(
                    "%d of %d partitions were read; the others have equal digests (--full reads them too).%n",
                    diff.partitionsRead(), partitions);
        }
    }

    private void printFields(PrintWriter out) {
        TextTable table = new TextTable("lrrl", "FIELD", "CHANGED", "SHARE", "");
        for (FieldChange field : diff.fields()) {
            switch (field.presence()) {
                case ADDED -> table.add(field.field(), "-", "-", "new field");
                case REMOVED -> table.add(field.field(), "-", "-", "field gone");
                case RETYPED -> table.add(field.field(), number(field.changed()), percent(field), "type changed");
                case BOTH -> table.add(field.field(), number(field.changed()), percent(field), "");
            }
        }
        table.print(out);
    }

    private void printExample(RecordChange change, PrintWriter out) {
        String key = keys.describe(change.key());
        switch (change.kind()) {
            case ADDED ->
                out.println("+ " + key + "  " + shortened(newer(change).toString()));
            case REMOVED ->
                out.println("- " + key + "  " + shortened(older(change).toString()));
            case CHANGED ->
                out.println("~ " + key + "  " + String.join(", ", differences(older(change), newer(change))));
        }
    }

    private static List<String> differences(JsonNode older, JsonNode newer) {
        if (!older.isObject() || !newer.isObject()) {
            return List.of(shortened(older.toString()) + " → " + shortened(newer.toString()));
        }
        Set<String> names = new LinkedHashSet<>();
        older.fieldNames().forEachRemaining(names::add);
        newer.fieldNames().forEachRemaining(names::add);
        List<String> texts = new ArrayList<>();
        for (String name : names) {
            String before = older.has(name) ? older.get(name).toString() : "none";
            String after = newer.has(name) ? newer.get(name).toString() : "none";
            if (!before.equals(after)) {
                texts.add(name + " " + shortened(before) + " → " + shortened(after));
            }
        }
        return texts;
    }

    private JsonNode older(RecordChange change) {
        return json(older, change.older().orElseThrow());
    }

    private JsonNode newer(RecordChange change) {
        return json(newer, change.newer().orElseThrow());
    }

    private static JsonNode json(ValueJson form, byte[] value) {
        try {
            return MAPPER.readTree(new String(form.toJson(value), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A value's JSON cannot be read", e);
        }
    }

    private static boolean isOfSchema(FieldChange field) {
        return field.presence() != FieldChange.Presence.BOTH;
    }

    private String percent(FieldChange field) {
        return String.format(Locale.ROOT, "%.2f%%", 100 * diff.share(field));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
