package io.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.SlipwayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What one file of a repository is and says.
 *
 * @param file the file as it was named
 * @param kind what it is: {@code claim}, {@code session}, {@code manifest}, {@code abort}, {@code catalog}, {@code sst} or
 *     {@code unknown}
 * @param content what it says
 * @param problem what is wrong with it, if anything is
 */
record Inspection(Path file, String kind, ObjectNode content, Optional<String> problem) {

    /** Looks into a file. What is wrong with it becomes the problem; nothing is thrown for that. */
    static Inspection of(Path file, int firstRecords) {
        String name = String.valueOf(file.getFileName());
        if (!Files.isRegularFile(file)) {
            return failed(file, "unknown", file + " is not a file. Name a file of a repository.");
        }
        String kind = name.endsWith(".sst") ? "sst" : "unknown";
        try {
            return kind.equals("sst") ? InspectedSst.of(file, firstRecords) : InspectedDocument.of(file);
        } catch (SlipwayException e) {
            return failed(file, kind, e.getMessage());
        } catch (IOException e) {
            return failed(file, kind, file + " cannot be read (" + e + ").");
        }
    }

    /** A file of which nothing can be said but what is wrong. */
    static Inspection failed(Path file, String kind, String problem) {
        return new Inspection(file, kind, JsonNodeFactory.instance.objectNode(), Optional.of(problem));
    }

    /** All of it as JSON. */
    JsonNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("file", file.toString());
        json.put("kind", kind);
        problem.ifPresent(text -> json.put("problem", text));
        json.set("content", content);
        return json;
    }
}
