package io.slipway.controller;

import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.NotFoundException;
import io.slipway.model.SlipwayException;
import io.slipway.model.UnavailableException;
import io.slipway.model.UnsupportedFormatException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.Catalog;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.json.Sha256;
import io.slipway.model.node.Node;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Layout;
import io.slipway.model.repository.Repository;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Works off what the repository and the nodes show: discovers committed versions, runs the gates, has them staged, swaps
 * them in, retires. Used by one thread; any number of controllers may run on one repository.
 *
 * <p>A cycle looks at the repository and the nodes first, then makes at most one change of the catalog, decided on the
 * catalog that it replaces ({@link DatasetRules}). A controller that dies between any two steps leaves nothing that the
 * next cycle of any controller does not find: a version that is not in the catalog is discovered again, and the files of
 * a retired version are deleted as long as there are any.
 */
public final class Controller {

    private final Repository repository;
    private final CatalogStore catalog;
    private final List<Node> nodes;
    private final InstantSource clock;
    private final String name;
    private final GateKeeper gateKeeper;
    private final RetiredFiles retiredFiles;
    private final Orphans orphans;
    private final ControllerCounts counts = new ControllerCounts();

    /** Versions that were aborted, which is for ever, so that they are not read again and again. */
    private final Set<VersionId> aborted = new HashSet<>();

    /**
     * A controller of a repository.
     *
     * @param nodes the nodes that count: a version is swapped in when all have it
     * @param clock the time that retention counts from
     * @param name this controller as the catalog names it
     */
    public Controller(Repository repository, CatalogStore catalog, List<Node> nodes, InstantSource clock, String name) {
        this.repository = repository;
        this.catalog = catalog;
        this.nodes = List.copyOf(nodes);
        this.clock = clock;
        this.name = name;
        this.gateKeeper = new GateKeeper(repository, new Inquiry(this.nodes));
        this.retiredFiles = new RetiredFiles(repository);
        this.orphans = new Orphans(repository, clock, name);
    }

    /**
     * Looks once and does what is to be done.
     *
     * @return whether the catalog was changed
     * @throws UnavailableException if the repository cannot be read or written now; try again later
     */
    public boolean cycle() {
        Catalog seen = catalog.latest();
        List<DatasetEntry> discovered = discover(seen);
        Observation observation = Observation.of(nodes);
        GateReports reports = gateKeeper.run(with(seen, discovered), observation);
        Catalog after = catalog.update(name, "cycle", "", before -> {
            Catalog changed = with(before, discovered);
            for (DatasetEntry dataset : changed.datasets().values()) {
                changed = changed.with(DatasetRules.apply(dataset, observation, reports, clock.instant()));
            }
            return changed;
        });
        CatalogLog.log(seen, after);
        counts.judged(seen, after);
        boolean isChanged = after.sequence() != seen.sequence();
        if (isChanged) {
            nodes.forEach(Node::nudge);
        }
        retiredFiles.delete(after, observation);
        orphans.collect();
        counts.round(after, clock.instant());
        return isChanged;
    }

    /** What it counts. */
    ControllerCounts counts() {
        return counts;
    }

    /** The catalog with versions that it does not have yet. */
    private static Catalog with(Catalog before, List<DatasetEntry> discovered) {
        Catalog changed = before;
        for (DatasetEntry found : discovered) {
            DatasetEntry dataset = changed.datasetOrEmpty(found.name());
            for (VersionEntry version : found.versions().values()) {
                if (dataset.version(version.number()).isEmpty()) {
                    dataset = dataset.with(version);
                }
            }
            changed = changed.with(dataset);
        }
        return changed;
    }

    private List<DatasetEntry> discover(Catalog seen) {
        List<DatasetEntry> discovered = new ArrayList<>();
        for (DatasetName dataset : repository.datasets()) {
            DatasetEntry known = seen.datasetOrEmpty(dataset);
            DatasetEntry found = DatasetEntry.empty(dataset);
            for (VersionId version : repository.versions(dataset)) {
                if (known.version(version.number()).isEmpty() && !aborted.contains(version)) {
                    found = entry(version).map(found::with).orElse(found);
                }
            }
            if (!found.versions().isEmpty()) {
                discovered.add(found);
            }
        }
        return discovered;
    }

    /** The entry of a version that the catalog does not have yet, if it is committed. */
    private Optional<VersionEntry> entry(VersionId version) {
        try {
            Decision decision = repository.decision(version).orElse(null);
            if (decision instanceof Decision.Committed committed) {
                return Optional.of(VersionEntry.committed(committed.manifest(), committed.sha256(), clock.instant()));
            }
            if (decision instanceof Decision.Aborted) {
                aborted.add(version);
            }
            return Optional.empty();
        } catch (CorruptDataException | UnsupportedFormatException e) {
            return rejected(version, e);
        }
    }

    /** A manifest that cannot be read is refused as if a node had refused it: there is nothing to stage. */
    private Optional<VersionEntry> rejected(VersionId version, SlipwayException problem) {
        try {
            byte[] document = repository.storage().read(Layout.file(version, Layout.MANIFEST));
            return Optional.of(VersionEntry.committed(version.number(), Sha256.hex(document), clock.instant())
                    .to(VersionState.STAGING, clock.instant(), "")
                    .to(VersionState.REJECTED, clock.instant(), problem.getMessage()));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }
}
