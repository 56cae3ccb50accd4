package io.slipway.controller;

import io.slipway.model.NotFoundException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.DatasetSummary;
import io.slipway.model.json.Sha256;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.repository.Claim;
import io.slipway.model.repository.DecisionJson;
import io.slipway.model.topic.TopicClaim;
import io.slipway.model.topic.TopicClaim.State;
import io.slipway.model.topic.VersionTopics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Topics as a test wants them. */
final class FakeTopics implements VersionTopics {

    private final Map<VersionId, TopicClaim> claims = new TreeMap<>();
    private final Map<VersionId, byte[]> documents = new HashMap<>();
    private final Map<VersionId, Instant> activity = new HashMap<>();
    private final Map<String, DatasetSummary> summaries = new ConcurrentHashMap<>();
    private final Set<VersionId> existing = new TreeSet<>();
    private final List<String> calls = new ArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean away;

    /** A run claims a version, and creates its topic. */
    void claim(Claim claim) {
        claims.put(claim.version(), new TopicClaim(claim, State.OPEN, Optional.empty()));
        activity.put(claim.version(), claim.time());
        existing.add(claim.version());
    }

    /** A run writes something. */
    void write(VersionId version, Instant time) {
        activity.put(version, time);
    }

    void commit(Manifest manifest) {
        commit(manifest.version(), DecisionJson.writeCommitted(manifest, "write-" + manifest.runId()));
    }

    void commit(VersionId version, byte[] document) {
        documents.put(version, document);
        claims.put(
                version,
                new TopicClaim(claims.get(version).claim(), State.COMMITTED, Optional.of(Sha256.hex(document))));
    }

    void goAway() {
        away = true;
    }

    void comeBack() {
        away = false;
    }

    /** How often somebody found the cluster away. */
    int refusals() {
        return refusals.get();
    }

    /** What publishers were told of a dataset, if anything. */
    Optional<DatasetSummary> summary(String dataset) {
        return Optional.ofNullable(summaries.get(dataset));
    }

    Set<VersionId> existing() {
        return existing;
    }

    State state(VersionId version) {
        return claims.get(version).state();
    }

    /** The calls that changed something. */
    List<String> calls() {
        return calls;
    }

    @Override
    public List<TopicClaim> claims() {
        requireThere();
        return List.copyOf(claims.values());
    }

    @Override
    public byte[] decision(VersionId version) {
        requireThere();
        return Optional.ofNullable(documents.get(version))
                .orElseThrow(() -> new NotFoundException("It is not decided."))
                .clone();
    }

    @Override
    public void announce(Collection<DatasetSummary> datasets) {
        requireThere();
        for (DatasetSummary summary : datasets) {
            String name = summary.dataset().value();
            if (!summary.equals(summaries.put(name, summary))) {
                calls.add("announce " + name);
            }
        }
    }

    @Override
    public Instant lastActivity(VersionId version) {
        requireThere();
        return activity.get(version);
    }

    @Override
    public void abort(VersionId version, String reason) {
        requireThere();
        calls.add("abort " + version);
        documents.put(version, DecisionJson.writeAborted(reason, "write-abort"));
        claims.put(version, new TopicClaim(claims.get(version).claim(), State.ABORTED, Optional.empty()));
    }

    @Override
    public void delete(Collection<VersionId> versions) {
        requireThere();
        calls.add("delete " + versions);
        existing.removeAll(versions);
    }

    @Override
    public void close() {}

    private void requireThere() {
        if (away) {
            throw new UnavailableException("The cluster is away, try " + refusals.incrementAndGet() + ".");
        }
    }
}
