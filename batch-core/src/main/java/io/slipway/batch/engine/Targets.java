package io.slipway.batch.engine;

import io.slipway.batch.Job;
import io.slipway.batch.plan.Aggregate;
import io.slipway.batch.plan.Node;
import io.slipway.batch.plan.Output;
import io.slipway.batch.plan.PublishOutput;
import io.slipway.batch.plan.Published;
import io.slipway.model.InvalidInputException;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.publish.VersionPublisher;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** The versions that a run publishes, from their claims to their commits. Used by one thread. */
final class Targets implements AutoCloseable {

    private final Job job;
    private final Optional<VersionPublisher> publisher;
    private final RunSources sources;
    private final List<PublishTarget> targets = new ArrayList<>();

    Targets(Job job, Optional<VersionPublisher> publisher, RunSources sources) {
        this.job = job;
        this.sources = sources;
        this.publisher = publisher;
    }

    /** Claims all versions. */
    void begin() {
        for (Output output : job.outputs()) {
            if (output instanceof Published published) {
                targets.add(begin(published));
            }
        }
    }

    /** Those on which work is to be done. */
    List<PublishTarget> open() {
        return targets.stream().filter(target -> target.committed().isEmpty()).toList();
    }

    List<PublishTarget> all() {
        return targets;
    }

    /** The aggregates whose results are published as they are, so that one shuffle does for both; the first counts. */
    IdentityHashMap<Node, PublishTarget> copartitioned() {
        IdentityHashMap<Node, PublishTarget> found = new IdentityHashMap<>();
        for (PublishTarget target : open()) {
            if (target.output() instanceof PublishOutput output && output.input() instanceof Aggregate aggregate) {
                found.putIfAbsent(aggregate, target);
            }
        }
        return found;
    }

    /** Commits what is to be committed, one after the other. */
    void commit() {
        targets.forEach(PublishTarget::checkDuplicates);
        targets.forEach(PublishTarget::commit);
    }

    /** Aborts what is not committed; what goes wrong with that is added to the failure. */
    void abort(Throwable failure) {
        for (PublishTarget target : targets) {
            try {
                target.abort("job " + job.name() + " failed: " + failure.getMessage());
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
        }
    }

    @Override
    public void close() {
        RuntimeException first = null;
        for (PublishTarget target : targets) {
            try {
                target.close();
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private PublishTarget begin(Published output) {
        VersionPublisher to = publisher.orElseThrow(() -> new InvalidInputException("The job " + job.name()
                + " publishes " + output.publication().dataset() + ", and its engine has no publisher. Give it one."));
        Publication complete = output.publication()
                .withSchemas(output.keySchema(), output.valueSchema())
                .withJob(job.name(), job.parameters(), sources.inputs(output.input()));
        PublishSession session = to.begin(complete);
        PublishTarget target = new PublishTarget(output, session);
        if (target.policy() == DuplicatePolicy.MERGE && target.committed().isEmpty()) {
            session.close();
            throw new InvalidInputException(
                    "The duplicate policy of " + output.publication().dataset()
                            + " is merge, which needs a function. Use reduce or aggregate, and the policy fail.");
        }
        return target;
    }
}
