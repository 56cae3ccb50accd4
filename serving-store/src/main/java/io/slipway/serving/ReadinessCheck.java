package io.slipway.serving;

import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.node.NodeStatus.Staging;
import io.slipway.serving.Readiness.DatasetReadiness;
import io.slipway.serving.view.ServedDataset;
import io.slipway.serving.view.Snapshot;
import io.slipway.serving.view.Snapshots;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares what readers get with what the last known catalog says. Stateless. */
final class ReadinessCheck {

    private ReadinessCheck() {}

    static Readiness of(
            boolean isInformed, Map<DatasetName, Long> current, Snapshots snapshots, Map<VersionId, Staging> stagings) {
        SortedMap<String, DatasetReadiness> datasets = new TreeMap<>();
        try (Snapshot shown = snapshots.pin()) {
            current.forEach((name, number) -> {
                long served = shown.dataset(name.value())
                        .flatMap(ServedDataset::current)
                        .map(version -> version.id().number())
                        .orElse(0L);
                Staging staging = stagings.get(new VersionId(name, number));
                String problem = served == number ? "" : problem(number, staging);
                datasets.put(name.value(), new DatasetReadiness(number, served, problem));
            });
        }
        return new Readiness(isInformed, datasets);
    }

    private static String problem(long number, Staging staging) {
        if (staging == null) {
            return "Version " + number + " is current, and is not on this node.";
        }
        return switch (staging.phase()) {
            case STAGING ->
                staging.bytesTotal() == 0
                        ? "Version " + number + " is about to be fetched."
                        : "Version " + number + " is being fetched: " + staging.bytesDone() + " of "
                                + staging.bytesTotal() + " bytes.";
            case STAGED -> "Version " + number + " is staged, and is about to be shown.";
            case FAILING, REFUSED -> staging.problem();
        };
    }
}
