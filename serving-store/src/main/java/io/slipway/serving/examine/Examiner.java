package io.slipway.serving.examine;

import io.slipway.model.CorruptDataException;
import io.slipway.model.SlipwayException;
import io.slipway.model.UnavailableException;
import io.slipway.model.canary.Canary;
import io.slipway.model.canary.CanaryCheck;
import io.slipway.model.node.DataFindings;
import io.slipway.model.node.DataFindings.Failure;
import io.slipway.model.node.DataQuestion;
import io.slipway.serving.store.OpenVersion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks answers up in open versions, which the caller holds. Thread-safe.
 *
 * <p>What would be the same on every node, such as a key of the wrong type or a value that is not of its schema, is an
 * answer, and one that fails closed. Damage of this node's copy is not: {@link UnavailableException}.
 */
final class Examiner {

    private final InstantSource clock;
    private final Duration longest;

    /**
     * An examiner.
     *
     * @param longest how long one question may take
     */
    Examiner(InstantSource clock, Duration longest) {
        this.clock = clock;
        this.longest = longest;
    }

    /**
     * Answers a question.
     *
     * @param current the version that the question compares with, if it does
     * @throws UnavailableException if a copy is damaged, or the thread is interrupted
     */
    DataFindings examine(DataQuestion question, OpenVersion next, Optional<OpenVersion> current) {
        TimeLimit limit = new TimeLimit(clock, longest);
        List<Failure> failures = new ArrayList<>();
        CanaryCheck check = new CanaryCheck(next.keys(), next.json());
        for (Canary canary : question.canaries()) {
            failure(check, canary, next, limit).ifPresent(found -> failures.add(new Failure(canary.text(), found)));
        }
        if (current.isEmpty()) {
            return new DataFindings(failures, Optional.empty(), "");
        }
        int keys = question.sample().orElseThrow().keys();
        try {
            return new DataFindings(
                    failures, Optional.of(new SampleComparison(current.get(), next, limit).compare(keys)), "");
        } catch (RuntimeException e) {
            return new DataFindings(failures, Optional.empty(), answer(e, current.get(), next));
        }
    }

    private static Optional<String> failure(CanaryCheck check, Canary canary, OpenVersion next, TimeLimit limit) {
        try {
            limit.check();
            return check.failure(canary, next::find);
        } catch (RuntimeException e) {
            return Optional.of(answer(e, next));
        }
    }

    /** What an exception says, unless it is about this node alone. */
    private static String answer(RuntimeException problem, OpenVersion... versions) {
        if (problem instanceof UnavailableException unavailable) {
            throw unavailable;
        }
        for (OpenVersion version : versions) {
            if (problem instanceof CorruptDataException && version.isDamaged()) {
                throw new UnavailableException("The node's copy of " + version + " is damaged, and fetched again.");
            }
        }
        return problem instanceof SlipwayException ? String.valueOf(problem.getMessage()) : problem.toString();
    }
}
