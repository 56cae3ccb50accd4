package io.slipway.serving.view;

import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.Catalog;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.serving.store.NodeState;
import io.slipway.serving.store.OpenVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What readers are to see next: a pure function of the catalog, of what they see now and of what is staged here.
 *
 * <p>A dataset is served at the version that the catalog calls current, if it is staged here. If it is not, readers keep
 * the version that they have; without one they wait.
 *
 * <p><b>Groups.</b> Versions that became current at the same instant were swapped in by one catalog write, and change
 * together on a node or not at all: while one of them is not staged here and a member still serves an older version,
 * every member keeps what it serves.
 *
 * <p><b>The sequence.</b> Replies say {@code Slipway-Catalog: S}, which promises that they are from catalog S or later
 * and never from before it. While a dataset serves an older version than the catalog says, that promise holds only for
 * the sequence that was shown before, so that one stays. A dataset that serves nothing breaks no promise, and does not
 * hold the sequence back.
 *
 * @param sequence the catalog that replies may name
 * @param datasets what is to be served
 */
public record SnapshotPlan(long sequence, List<ServedDataset> datasets) {

    /** Takes a copy of the list. */
    public SnapshotPlan {
        datasets = List.copyOf(datasets);
    }

    /**
     * Plans the next snapshot.
     *
     * @param catalog the catalog to follow
     * @param shown what readers see now
     * @param staged gives a version that is open here
     */
    public static SnapshotPlan of(Catalog catalog, Snapshot shown, Function<VersionId, Optional<OpenVersion>> staged) {
        return new Planner(shown, staged, catalog).plan();
    }

    /** Whether a snapshot shows exactly this already. */
    public boolean isShownBy(Snapshot snapshot) {
        return sequence == snapshot.sequence()
                && datasets.equals(List.copyOf(snapshot.datasets().values()));
    }

    /** What is to be served, as it is kept on disk. */
    public SortedMap<DatasetName, NodeState.Served> served() {
        SortedMap<DatasetName, NodeState.Served> served = new TreeMap<>();
        for (ServedDataset dataset : datasets) {
            SortedMap<Long, String> manifests = new TreeMap<>();
            dataset.readable().forEach((number, version) -> manifests.put(number, version.manifestSha256()));
            OptionalLong current = dataset.current()
                    .map(version -> OptionalLong.of(version.id().number()))
                    .orElseGet(OptionalLong::empty);
            served.put(dataset.name(), new NodeState.Served(current, manifests));
        }
        return served;
    }

    private static final class Planner {
        private final Snapshot shown;
        private final Function<VersionId, Optional<OpenVersion>> staged;
        private final Catalog catalog;
        private final Set<Instant> heldBack;
        private boolean behind;

        Planner(Snapshot shown, Function<VersionId, Optional<OpenVersion>> staged, Catalog catalog) {
            this.shown = shown;
            this.staged = staged;
            this.catalog = catalog;
            this.heldBack = heldBack();
        }

        SnapshotPlan plan() {
            List<ServedDataset> datasets = new ArrayList<>();
            for (DatasetEntry dataset : catalog.datasets().values()) {
                datasets.add(plan(dataset));
            }
            return new SnapshotPlan(behind ? shown.sequence() : catalog.sequence(), datasets);
        }

        private ServedDataset plan(DatasetEntry dataset) {
            SortedMap<Long, OpenVersion> readable = new TreeMap<>();
            for (VersionEntry version : dataset.versions().values()) {
                if (version.state().isReadable()) {
                    staged.apply(dataset.id(version.number())).ifPresent(open -> readable.put(version.number(), open));
                }
            }
            return new ServedDataset(dataset.name(), current(dataset), readable);
        }

        private Optional<OpenVersion> current(DatasetEntry dataset) {
            if (dataset.current().isEmpty()) {
                return Optional.empty();
            }
            VersionEntry wanted = dataset.current().get();
            if (!heldBack.contains(wanted.since())) {
                Optional<OpenVersion> open = staged.apply(dataset.id(wanted.number()));
                if (open.isPresent()) {
                    return open;
                }
            }
            Optional<OpenVersion> kept = served(dataset.name());
            behind |= kept.isPresent() && kept.get().id().number() != wanted.number();
            return kept;
        }

        /** What is served of a dataset now: its latest copy, if it was fetched again meanwhile. */
        private Optional<OpenVersion> served(DatasetName dataset) {
            return shown.dataset(dataset.value())
                    .flatMap(ServedDataset::current)
                    .map(version -> staged.apply(version.id()).orElse(version));
        }

        /** The instants of swaps of which a part is not staged here while a part still serves something older. */
        private Set<Instant> heldBack() {
            Map<Instant, Group> groups = new HashMap<>();
            for (DatasetEntry dataset : catalog.datasets().values()) {
                dataset.current()
                        .ifPresent(current -> groups.computeIfAbsent(current.since(), at -> new Group())
                                .add(dataset.id(current.number()), this));
            }
            Set<Instant> instants = new HashSet<>();
            groups.forEach((at, group) -> {
                if (group.incomplete && group.servesOlder) {
                    instants.add(at);
                }
            });
            return instants;
        }
    }

    private static final class Group {
        private boolean incomplete;
        private boolean servesOlder;

        void add(VersionId current, Planner planner) {
            incomplete |= planner.staged.apply(current).isEmpty();
            servesOlder |= planner.served(current.dataset())
                    .filter(version -> !version.id().equals(current))
                    .isPresent();
        }
    }
}
