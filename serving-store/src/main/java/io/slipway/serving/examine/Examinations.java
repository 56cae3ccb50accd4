package io.slipway.serving.examine;

import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.node.DataFindings;
import io.slipway.model.node.DataQuestion;
import io.slipway.serving.store.OpenVersion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The questions that controllers have asked about staged versions, and the answers. Thread-safe; {@link #ask} never waits
 * for an answer.
 *
 * <p><b>What it costs readers.</b> One thread answers, one question after the other, so that a lookup shares the machine
 * with one examination at most. It holds the versions as a reader does and takes no lock that a lookup takes. A question
 * reads one record for each canary, and as many records of each version as its sample has keys (or of small versions all),
 * without leaving a block in the readers' cache, and ends when its time is over, whatever the disk is like. Answers are
 * kept until the node lets go of the version: one for each, of bounded size.
 */
public final class Examinations {

    private static final Logger LOG = LoggerFactory.getLogger(Examinations.class);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Function<VersionId, Optional<OpenVersion>> held;
    private final ExecutorService thread;
    private final InstantSource clock;
    private final Examiner examiner;
    private final Map<VersionId, Examination> examinations = new HashMap<>();

    private record Examination(DataQuestion question, Future<DataFindings> answer) {}

    /**
     * Nothing asked yet.
     *
     * @param held gives a good copy that is open here, held for the caller
     * @param thread answers one question at a time; interrupted to stop
     */
    public Examinations(Function<VersionId, Optional<OpenVersion>> held, ExecutorService thread, InstantSource clock) {
        this.held = held;
        this.thread = thread;
        this.clock = clock;
        this.examiner = new Examiner(clock, LONGEST);
    }

    /**
     * The answer to a question, as {@link io.slipway.model.node.Node#examine} promises it.
     *
     * @throws UnavailableException if a version is not open here, or its copy is damaged
     */
    public synchronized Optional<DataFindings> ask(DataQuestion question) {
        examinations.keySet().removeIf(version -> !isOpen(version));
        versions(question).filter(version -> !isOpen(version)).findFirst().ifPresent(version -> {
            throw notOpen(version);
        });
        Examination examination = examinations.get(question.next());
        if (examination == null || !examination.question().equals(question)) {
            examination = new Examination(question, begin(question));
            examinations.put(question.next(), examination);
        }
        return examination.answer().isDone() ? Optional.of(answer(examination)) : Optional.empty();
    }

    private Future<DataFindings> begin(DataQuestion question) {
        try {
            return thread.submit(() -> examine(question));
        } catch (RejectedExecutionException e) {
            throw new UnavailableException("The node is stopping. Ask another one.", e);
        }
    }

    private DataFindings examine(DataQuestion question) {
        long begin = clock.millis();
        DataFindings findings = examineHeld(question);
        LOG.info("Looked into the records of {} for the gates, in {} ms", question.next(), clock.millis() - begin);
        return findings;
    }

    private DataFindings examineHeld(DataQuestion question) {
        OpenVersion next = hold(question.next());
        try {
            if (question.sample().isEmpty()) {
                return examiner.examine(question, next, Optional.empty());
            }
            OpenVersion current = hold(question.sample().get().current());
            try {
                return examiner.examine(question, next, Optional.of(current));
            } finally {
                current.release();
            }
        } finally {
            next.release();
        }
    }

    private DataFindings answer(Examination examination) {
        try {
            return examination.answer().get();
        } catch (ExecutionException e) {
            examinations.remove(examination.question().next());
            throw new UnavailableException(String.valueOf(e.getCause().getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("The node is stopping. Ask another one.", e);
        }
    }

    private boolean isOpen(VersionId version) {
        Optional<OpenVersion> open = held.apply(version);
        open.ifPresent(OpenVersion::release);
        return open.isPresent();
    }

    private OpenVersion hold(VersionId version) {
        return held.apply(version).orElseThrow(() -> notOpen(version));
    }

    private static Stream<VersionId> versions(DataQuestion question) {
        return Stream.concat(Stream.of(question.next()), question.sample().map(DataQuestion.Sample::current).stream());
    }

    private static UnavailableException notOpen(VersionId version) {
        return new UnavailableException("The node does not have " + version + " open now. Ask another one, or later.");
    }
}
