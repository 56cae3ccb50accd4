package io.slipway.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.SlipwayException;
import io.slipway.model.json.JsonFields;
import io.slipway.model.json.SealedJson;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.ManifestJson;
import io.slipway.model.repository.Layout;
import io.slipway.model.value.ValueJson;
import io.slipway.sst.SstFileInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Looks into SST files, with the schemas of the manifest beside them if there is one. Stateless. */
final class InspectedSst {

    private static final JsonMapper MAPPER = new JsonMapper();

    private InspectedSst() {}

    static Inspection of(Path file, int firstRecords) throws IOException {
        Optional<Manifest> manifest = manifestBeside(file);
        Optional<FileEntry> entry = manifest.flatMap(found -> found.files().stream()
                .filter(candidate -> candidate.name().equals(String.valueOf(file.getFileName())))
                .findFirst());
        SstFileInfo info = SstFileInfo.read(file, firstRecords);
        ObjectNode json = properties(info, Files.size(file));
        json.put("namedByManifest", entry.isPresent());
        ArrayNode range = json.putArray("range");
        ArrayNode first = json.putArray("first");
        if (entry.filter(FileEntry::isDeletes).isPresent()) {
            json.put("holds", "deletes");
        }
        if (manifest.isPresent()) {
            KeyCodec keys = KeyCodec.of(manifest.get().keySchema());
            ValueJson values = ValueJson.of(manifest.get().valueSchema());
            info.range().forEach(key -> range.add(keys.toJson(key)));
            for (Map.Entry<byte[], byte[]> record : info.first()) {
                ObjectNode row = first.addObject();
                row.set("key", keys.toJson(record.getKey()));
                if (entry.filter(FileEntry::isDeletes).isEmpty()) {
                    row.set("value", MAPPER.readTree(values.toJson(record.getValue())));
                }
            }
        } else {
            info.range().forEach(key -> range.add(hex(key)));
            for (Map.Entry<byte[], byte[]> record : info.first()) {
                first.addObject().put("key", hex(record.getKey())).put("value", hex(record.getValue()));
            }
        }
        return new Inspection(file, "sst", json, entry.flatMap(expected -> problem(file, expected, info)));
    }

    private static ObjectNode properties(SstFileInfo info, long fileBytes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("records", info.records());
        json.put("deletes", info.deletes());
        json.put("fileBytes", fileBytes);
        json.put("keyBytes", info.keyBytes());
        json.put("valueBytes", info.valueBytes());
        json.put("blocks", info.blocks());
        json.put("dataBytes", info.dataBytes());
        json.put("indexBytes", info.indexBytes());
        json.put("filterBytes", info.filterBytes());
        json.put("compression", info.compression());
        json.put("formatVersion", info.formatVersion());
        return json;
    }

    private static Optional<String> problem(Path file, FileEntry expected, SstFileInfo info) {
        return expected.records() == info.records()
                ? Optional.empty()
                : Optional.of(file + " has " + info.records() + " records, and the manifest says " + expected.records()
                        + ". See `slipway verify`.");
    }

    /** The manifest in the same folder, if there is one that can be read. */
    private static Optional<Manifest> manifestBeside(Path file) throws IOException {
        Path manifest = file.toAbsolutePath().resolveSibling(Layout.MANIFEST);
        if (!Files.isRegularFile(manifest)) {
            return Optional.empty();
        }
        try {
            JsonFields json = SealedJson.open(manifest.toString(), Files.readAllBytes(manifest), 1, Integer.MAX_VALUE);
            return json.has("aborted") ? Optional.empty() : Optional.of(ManifestJson.read(json));
        } catch (SlipwayException e) {
            return Optional.empty();
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
