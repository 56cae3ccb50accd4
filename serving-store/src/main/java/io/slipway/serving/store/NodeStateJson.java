package io.slipway.serving.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.DatasetName;
import io.slipway.model.json.JsonFields;
import io.slipway.model.json.SealedJson;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** The document {@code node.json}. Stateless. */
final class NodeStateJson {

    private static final int FORMAT_VERSION = 1;

    private NodeStateJson() {}

    static byte[] write(NodeState state) {
        ObjectNode json = SealedJson.object();
        json.put("nodeId", state.nodeId());
        json.put("catalogSequence", state.catalogSequence());
        json.put("seenSequence", state.seenSequence());
        ArrayNode datasets = json.putArray("datasets");
        state.datasets().forEach((name, served) -> writeDataset(datasets.addObject(), name, served));
        return SealedJson.seal(FORMAT_VERSION, json);
    }

    private static void writeDataset(ObjectNode json, DatasetName name, NodeState.Served served) {
        json.put("name", name.value());
        served.current().ifPresent(number -> json.put("current", number));
        ArrayNode versions = json.putArray("versions");
        served.manifests()
                .forEach((number, sha256) ->
                        versions.addObject().put("number", number).put("manifestSha256", sha256));
    }

    /**
     * Reads the document.
     *
     * @throws io.slipway.model.CorruptDataException if it is damaged
     */
    static NodeState read(String file, byte[] document) {
        JsonFields json = SealedJson.open(file, document, FORMAT_VERSION, FORMAT_VERSION);
        SortedMap<DatasetName, NodeState.Served> datasets = new TreeMap<>();
        json.objects("datasets", NodeStateJson::readDataset)
                .forEach(dataset -> datasets.put(dataset.getKey(), dataset.getValue()));
        return new NodeState(
                json.text("nodeId"), json.integer("catalogSequence"), json.integer("seenSequence"), datasets);
    }

    private static Map.Entry<DatasetName, NodeState.Served> readDataset(JsonFields json) {
        SortedMap<Long, String> manifests = new TreeMap<>();
        json.objects("versions", version -> manifests.put(version.integer("number"), version.text("manifestSha256")));
        OptionalLong current = json.has("current") ? OptionalLong.of(json.integer("current")) : OptionalLong.empty();
        return Map.entry(json.parsed("name", DatasetName::new), new NodeState.Served(current, manifests));
    }
}
