package io.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.CorruptDataException;
import io.slipway.model.json.SealedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks into the JSON documents of a repository, also into those that are damaged or of a newer format. Stateless. */
final class InspectedDocument {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern SESSION = Pattern.compile("session-[0-9]+\\.json");
    private static final Pattern CATALOG = Pattern.compile("[0-9]{20}\\.json");

    private InspectedDocument() {}

    static Inspection of(Path file) throws IOException {
        byte[] document = Files.readAllBytes(file);
        Optional<ObjectNode> content = parse(document);
        if (content.isEmpty()) {
            return Inspection.failed(
                    file, "unknown", file + " is neither a JSON document nor an SST file, or is damaged.");
        }
        return new Inspection(file, kind(file, content.get()), content.get(), problem(file, document));
    }

    private static Optional<ObjectNode> parse(byte[] document) {
        try {
            JsonNode json = MAPPER.readTree(document);
            return json instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> problem(Path file, byte[] document) {
        try {
            SealedJson.open(file.toString(), document, 1, Integer.MAX_VALUE);
            return Optional.empty();
        } catch (CorruptDataException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static String kind(Path file, ObjectNode content) {
        String name = file.getFileName().toString();
        if (name.equals("claim.json")) {
            return "claim";
        }
        if (name.equals("manifest.json")) {
            return content.has("aborted") ? "abort" : "manifest";
        }
        if (CATALOG.matcher(name).matches()) {
            return "catalog";
        }
        return SESSION.matcher(name).matches() ? "session" : "unknown";
    }
}
