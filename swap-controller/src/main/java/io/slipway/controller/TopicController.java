package io.slipway.controller;

import io.slipway.model.CommitConflictException;
import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.SlipwayException;
import io.slipway.model.UnsupportedFormatException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.Catalog;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.Setting;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.node.Node;
import io.slipway.model.publish.Route;
import io.slipway.model.repository.Repository;
import io.slipway.model.topic.TopicClaim;
import io.slipway.model.topic.TopicClaim.State;
import io.slipway.model.topic.VersionTopics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The controller's part for versions that lie in topics: takes their claims and decisions over into the repository, where
 * {@link Controller} finds them like any other; tells publishers what they have to know of the catalog; aborts dead claims;
 * deletes topics that nobody needs. Apart from {@code Controller}, so that a cluster that is away keeps nobody from the
 * versions of the repository. Used by one thread; any number of controllers may run.
 *
 * <p>Each step may be repeated and leaves nothing half done that the next cycle of any controller does not finish. What
 * comes first decides: the number of a version belongs to the run whose claim is in the repository, and what its decision
 * there says is never overwritten. A version that was published over topics under a number that belongs to another one is
 * left out, and said so.
 */
public final class TopicController {

    private static final Logger LOG = LoggerFactory.getLogger(TopicController.class);

    private final VersionTopics topics;
    private final Repository repository;
    private final CatalogStore catalog;
    private final String name;
    private final DatasetSummaries summaries;
    private final UnusedTopics unused;
    private final InstantSource clock;

    private volatile Optional<Instant> lastRound = Optional.empty();

    /** Versions that are taken over, or never can be: looked at once. */
    private final Set<VersionId> settled = new HashSet<>();

    /**
     * A controller's part for topics.
     *
     * @param topics where the versions are
     * @param repository where they are taken over
     * @param nodes the nodes that count: a topic is deleted when none has anything of its version
     * @param clock the time that dead claims are judged by
     * @param name this controller as the catalog names it
     */
    public TopicController(
            VersionTopics topics,
            Repository repository,
            CatalogStore catalog,
            List<Node> nodes,
            InstantSource clock,
            String name) {
        this.topics = topics;
        this.repository = repository;
        this.catalog = catalog;
        this.name = name;
        this.clock = clock;
        this.summaries = new DatasetSummaries(repository);
        this.unused = new UnusedTopics(topics, List.copyOf(nodes), clock, name);
    }

    /**
     * Looks once and does what is to be done.
     *
     * @return whether the repository has a version that it did not have
     * @throws io.slipway.model.UnavailableException if cluster or repository cannot be used now; try again later
     */
    public boolean cycle() {
        List<TopicClaim> claims = topics.claims();
        Catalog seen = catalog.latest();
        boolean isChanged = false;
        for (TopicClaim claim : claims) {
            if (claim.state() != State.OPEN && !settled.contains(claim.version())) {
                isChanged |= settle(claim, seen.datasetOrEmpty(claim.version().dataset()));
            }
        }
        Catalog now = isChanged ? catalog.latest() : seen;
        topics.announce(summaries.of(now, claims));
        unused.delete(now, claims);
        lastRound = Optional.of(clock.instant());
        return isChanged;
    }

    /** When a cycle came to its end last; none if none did. Thread-safe. */
    Optional<Instant> lastRound() {
        return lastRound;
    }

    /** Takes a decided version over, if it is not yet; returns whether the catalog has to get it. */
    private boolean settle(TopicClaim claim, DatasetEntry dataset) {
        boolean isNew = false;
        try {
            isNew = adopt(claim, dataset);
        } catch (CommitConflictException | CorruptDataException | UnsupportedFormatException e) {
            report(claim, e);
        }
        settled.add(claim.version());
        return isNew;
    }

    private boolean adopt(TopicClaim claim, DatasetEntry dataset) {
        Optional<VersionEntry> known = dataset.version(claim.version().number());
        if (known.isPresent()) {
            checkSame(claim, known.get());
            return false;
        }
        boolean isCommitted = claim.state() == State.COMMITTED;
        if (isCommitted) {
            recordRoute(dataset);
        }
        repository.adopt(claim.claim(), topics.decision(claim.version()));
        return isCommitted;
    }

    private static void checkSame(TopicClaim claim, VersionEntry known) {
        if (claim.manifestSha256().filter(known.manifestSha256()::equals).isEmpty()) {
            throw new CommitConflictException("The catalog has another " + claim.version() + " than the one that run "
                    + claim.claim().runId() + " has published over a topic. Publish that one again with another run"
                    + " id: it gets another number.");
        }
    }

    /** An aborted version whose number is somebody else's is no loss. */
    private static void report(TopicClaim claim, SlipwayException e) {
        if (claim.state() == State.COMMITTED) {
            LOG.warn("A version that was published over a topic is left out: {}", e.getMessage());
        } else {
            LOG.debug("The aborted {} is left out", claim.version(), e);
        }
    }

    /** Makes a dataset that begins with a topic one of that route, before anything of it is in the repository. */
    private void recordRoute(DatasetEntry seen) {
        if (isNew(seen)) {
            DatasetName dataset = seen.name();
            Catalog unused = catalog.update(
                    name,
                    "set route=" + Route.KAFKA.label() + " of " + dataset,
                    "its first version was published so",
                    before -> {
                        DatasetEntry entry = before.datasetOrEmpty(dataset);
                        return isNew(entry)
                                ? before.with(
                                        entry.with(entry.settings().with(Setting.ROUTE.name(), Route.KAFKA.label())))
                                : before;
                    });
        }
    }

    /** Whether a dataset has no version yet, and nobody has chosen its route. */
    private static boolean isNew(DatasetEntry dataset) {
        return dataset.versions().isEmpty() && !dataset.settings().texts().containsKey(Setting.ROUTE.name());
    }
}
