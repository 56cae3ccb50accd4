package io.slipway.model.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.json.JsonFields;
import io.slipway.model.manifest.FileEntry.Content;
import java.util.List;

/** The files of a version in JSON, as manifests and receipts have them, {@code spec/bundle-format.md}. Stateless. */
public final class FileEntryJson {

    private static final String CONTENT = "content";
    private static final String DELETES = "deletes";

    private FileEntryJson() {}

    /** Adds an element for each file. */
    public static void write(List<FileEntry> files, ArrayNode array) {
        for (FileEntry file : files) {
            ObjectNode entry = array.addObject();
            entry.put("name", file.name());
            if (file.isDeletes()) {
                entry.put(CONTENT, DELETES);
            }
            entry.put("partition", file.partition());
            entry.put("bytes", file.bytes());
            entry.put("records", file.records());
            entry.put("sha256", file.sha256());
            entry.put("leastKey", file.leastKey());
            entry.put("greatestKey", file.greatestKey());
        }
    }

    /**
     * Reads an element.
     *
     * @throws io.slipway.model.CorruptDataException if a field is missing or of the wrong form
     */
    public static FileEntry read(JsonFields json) {
        String name = json.text("name");
        if (name.isEmpty() || name.contains("/") || name.contains("\\") || name.startsWith(".")) {
            throw json.damaged("name", "a plain file name", name);
        }
        return new FileEntry(
                name,
                json.has(CONTENT) ? json.parsed(CONTENT, FileEntryJson::content) : Content.RECORDS,
                json.count("partition"),
                json.longCount("bytes"),
                json.longCount("records"),
                json.text("sha256"),
                json.text("leastKey"),
                json.text("greatestKey"));
    }

    private static Content content(String text) {
        if (!text.equals(DELETES)) {
            throw new IllegalArgumentException("neither " + DELETES + " nor absent");
        }
        return Content.DELETES;
    }
}
