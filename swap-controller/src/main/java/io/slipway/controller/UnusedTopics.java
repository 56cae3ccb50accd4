package io.slipway.controller;

import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.Catalog;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.node.Node;
import io.slipway.model.topic.TopicClaim;
import io.slipway.model.topic.TopicClaim.State;
import io.slipway.model.topic.VersionTopics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes topics of versions that were retired or aborted, and aborts claims that nobody works on any more. The rules are
 * those of {@link RetiredFiles} and {@link Orphans}: the catalog says first that a version is retired, and its topic stays
 * while a node has it or something that may be needed is built on it. Used by one thread.
 */
final class UnusedTopics {

    private static final Logger LOG = LoggerFactory.getLogger(UnusedTopics.class);

    private final VersionTopics topics;
    private final List<Node> nodes;
    private final InstantSource clock;
    private final String name;

    /** Versions whose topics were deleted, so that they are not looked for again and again. */
    private final Set<VersionId> done = new HashSet<>();

    private Instant nextLook = Instant.MIN;

    UnusedTopics(VersionTopics topics, List<Node> nodes, InstantSource clock, String name) {
        this.topics = topics;
        this.nodes = nodes;
        this.clock = clock;
        this.name = name;
    }

    void delete(Catalog catalog, List<TopicClaim> claims) {
        List<VersionId> unused = new ArrayList<>(retired(catalog, claims));
        Instant now = clock.instant();
        if (!now.isBefore(nextLook)) {
            nextLook = now.plus(Orphans.INTERVAL);
            claims.stream().filter(claim -> claim.state() == State.OPEN).forEach(claim -> abortIfDead(claim, now));
            claims.stream()
                    .filter(claim -> claim.state() == State.ABORTED)
                    .map(TopicClaim::version)
                    .filter(version -> !done.contains(version))
                    .forEach(unused::add);
        }
        if (!unused.isEmpty()) {
            topics.delete(unused);
            done.addAll(unused);
        }
    }

    private void abortIfDead(TopicClaim claim, Instant now) {
        Instant newest = topics.lastActivity(claim.version());
        if (!newest.plus(Orphans.DEAD_CLAIM).isAfter(now)) {
            topics.abort(
                    claim.version(),
                    "Nothing was written since " + newest + ", which is longer than " + Orphans.DEAD_CLAIM.toDays()
                            + " days: " + name + " gave it up.");
            LOG.info("Aborted the claim of {}: nothing was written since {}", claim.version(), newest);
        }
    }

    private List<VersionId> retired(Catalog catalog, List<TopicClaim> claims) {
        List<VersionId> retired = claims.stream()
                .filter(claim -> isRetired(catalog, claim))
                .map(TopicClaim::version)
                .filter(version -> !done.contains(version))
                .toList();
        if (retired.isEmpty()) {
            return List.of();
        }
        Observation observation = Observation.of(nodes);
        Set<VersionId> deletable = new HashSet<>();
        for (DatasetEntry dataset : catalog.datasets().values()) {
            deletable.addAll(RetiredFiles.deletable(dataset, observation));
        }
        deletable.removeAll(claimedBases(catalog, claims));
        return retired.stream().filter(deletable::contains).toList();
    }

    /** Whether the catalog says so of this version, and not of another one that has its number. */
    private static boolean isRetired(Catalog catalog, TopicClaim claim) {
        return catalog.datasetOrEmpty(claim.version().dataset())
                .version(claim.version().number())
                .filter(version -> version.state() == VersionState.RETIRED)
                .map(VersionEntry::manifestSha256)
                .filter(sha256 -> claim.manifestSha256().filter(sha256::equals).isPresent())
                .isPresent();
    }

    /** What deltas are built on that the catalog does not have: they are being published, or were committed just now. */
    private static Set<VersionId> claimedBases(Catalog catalog, List<TopicClaim> claims) {
        Set<VersionId> bases = new HashSet<>();
        for (TopicClaim claim : claims) {
            DatasetName name = claim.version().dataset();
            DatasetEntry dataset = catalog.datasetOrEmpty(name);
            OptionalLong base = claim.claim().base();
            boolean isComing = claim.state() != State.ABORTED
                    && dataset.version(claim.version().number()).isEmpty();
            if (isComing && base.isPresent()) {
                bases.add(dataset.id(base.getAsLong()));
                dataset.bases(base.getAsLong()).forEach(number -> bases.add(dataset.id(number)));
            }
        }
        return bases;
    }
}
