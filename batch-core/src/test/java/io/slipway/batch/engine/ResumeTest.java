package io.slipway.batch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.Job;
import io.slipway.batch.JobListener;
import io.slipway.batch.JobResult;
import io.slipway.batch.engine.ScratchFaults.Kind;
import io.slipway.batch.format.TextLines;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import io.slipway.model.publish.Publication;
import io.slipway.testkit.ProcessDiedError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResumeTest {

    private static final RunId RUN = new RunId("nightly:1");

    @TempDir
    Path folder;

    private Path input;
    private Path kept;
    private MemoryPublisher publisher = new MemoryPublisher(2);
    private final Told told = new Told();

    @BeforeEach
    void writeInput() throws IOException {
        input = ManyStages.input(folder);
        kept = folder.resolve("kept");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void afterAFaultAtACallTheRepeatGivesTheSameResult(Kind kind) throws IOException {
        faultsAtCalls(kind, 20);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(Kind.class)
    void afterAFaultAtAnyCallTheRepeatGivesTheSameResult(Kind kind) throws IOException {
        faultsAtCalls(kind, Integer.MAX_VALUE);
    }

    private void faultsAtCalls(Kind kind, int most) throws IOException {
        ScratchFaults none = ScratchFaults.none();
        JobResult expected = engine(none).run(job());
        long resumed = 0;
        long tasks = 0;
        int repeats = 0;
        for (int call = 0; call < none.calls(); call += Math.max(1, none.calls() / most)) {
            publisher = new MemoryPublisher(2);
            told.clear();
            Optional<JobResult> first = tryOnce(ScratchFaults.from(kind, call));
            if (first.isEmpty()) {
                JobResult second = engine(ScratchFaults.none()).run(job());
                assertSame(second, expected, kind + " from call " + call);
                resumed += told.tasksDone;
                tasks += told.tasks;
                repeats++;
            } else {
                assertSame(first.get(), expected, kind + " from call " + call);
            }
            assertThat(publisher.versions)
                    .as("versions after %s from call %d", kind, call)
                    .hasSize(2);
            assertThatNothingIsKept();
        }
        System.out.println(kind + ": " + repeats + " repeats took up " + resumed + " of " + tasks + " tasks");
        assertThat(resumed).isPositive();
    }

    @Test
    void tasksThatAreDoneAreNotDoneAgain() {
        ScratchFaults none = ScratchFaults.none();
        engine(none).run(job());
        publisher = new MemoryPublisher(2);
        assertThat(tryOnce(ScratchFaults.at(Kind.DIE, none.calls() - 3))).isEmpty();
        int before = publisher.written.get();

        JobResult result = engine(ScratchFaults.none()).run(job());

        assertThat(told.tasksDone).isPositive().isLessThan(told.tasks);
        assertThat(publisher.written.get() - before).isLessThan(4);
        assertThat(result.counter("lines")).isEqualTo(ManyStages.LINES);
        assertThat(result.stages())
                .allSatisfy(stage -> assertThat(stage.tasks()).isPositive());
    }

    @Test
    void anotherMemoryAndParallelismDoNotMatter() {
        JobResult expected = engine(ScratchFaults.none()).run(job());
        publisher = new MemoryPublisher(2);
        dieLate();

        JobResult result = builder(ScratchFaults.none())
                .memoryBytes(4 << 20)
                .parallelism(3)
                .splitBytes(1 << 20)
                .build()
                .run(job());

        assertThat(told.tasksDone).isPositive();
        assertThat(ManyStages.digests(result)).isEqualTo(ManyStages.digests(expected));
    }

    @Test
    void changedInputsStartTheRunOver() throws IOException {
        dieLate();
        Files.writeString(input, Files.readString(input) + "\nline 0");

        JobResult result = engine(ScratchFaults.none()).run(job());

        assertThat(told.changes).containsExactly("its inputs have changed");
        assertThat(told.tasksDone).isZero();
        assertThat(result.recordsIn()).isEqualTo(ManyStages.LINES + 1);
        assertThatNothingIsKept();
    }

    @Test
    void changedParametersStartTheRunOver() {
        dieLate();
        engine(ScratchFaults.none()).run(job().parameter("days", 4));
        assertThat(told.changes).containsExactly("its parameters have changed");
    }

    @Test
    void changedOperatorsStartTheRunOver() {
        dieLate();
        Job job = Job.named("many stages").parameter("days", 3);
        job.read(TextLines.files(List.of(input)))
                .keyBy(line -> line)
                .count()
                .publish(Publication.of("texts").withRunId(RUN));
        engine(ScratchFaults.none()).run(job);
        assertThat(told.changes).containsExactly("its operators have changed");
    }

    @Test
    void aConstantThatAFunctionHasCapturedStartsTheRunOver() {
        for (int least : new int[] {1, 1, 2}) {
            Job job = Job.named("constants");
            job.read(TextLines.files(List.of(input)))
                    .filter(line -> line.length() > least)
                    .keyBy(line -> line)
                    .count()
                    .mapValues(
                            count -> {
                                throw new IllegalStateException("not yet");
                            },
                            Type.of(Long.class))
                    .publish(Publication.of("counts").withRunId(RUN));
            assertThatThrownBy(() -> engine(ScratchFaults.none()).run(job)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(told.changes).containsExactly("its functions' constants have changed");
        assertThat(told.tasksDone).isPositive();
    }

    @Test
    void aJobThatFailsKeepsItsWorkForTheRepeat() {
        AtomicInteger linesRead = new AtomicInteger();
        AtomicBoolean isBroken = new AtomicBoolean(true);
        Job job = Job.named("flaky");
        job.read(TextLines.files(List.of(input)))
                .keyBy(line -> {
                    linesRead.incrementAndGet();
                    return line.substring(0, 6);
                })
                .count()
                .mapValues(
                        count -> {
                            if (isBroken.get()) {
                                throw new IllegalStateException("broken");
                            }
                            return count;
                        },
                        Type.of(Long.class))
                .publish(Publication.of("counts").withRunId(RUN));
        assertThatThrownBy(() -> engine(ScratchFaults.none()).run(job)).isInstanceOf(IllegalStateException.class);

        isBroken.set(false);
        engine(ScratchFaults.none()).run(job);

        assertThat(told.tasksDone).isPositive();
        assertThat(linesRead).as("each line is read once").hasValue(ManyStages.LINES);
        assertThatNothingIsKept();
    }

    @Test
    void duplicatesThatAreFoundBeforeAKillAreRefusedAfterIt() {
        Job job = Job.named("duplicates");
        job.read(TextLines.files(List.of(input)))
                .keyBy(line -> line.substring(0, 6))
                .publish(Publication.of("lines").withRunId(RUN));
        ScratchFaults none = ScratchFaults.none();
        assertThatThrownBy(() -> engine(none).run(job)).isInstanceOf(InvalidInputException.class);
        String expected = message(job);
        for (int call = none.calls() - 4; call < none.calls(); call++) {
            publisher = new MemoryPublisher(2);
            int at = call;
            assertThatThrownBy(() -> engine(ScratchFaults.at(Kind.DIE, at)).run(job));
            assertThat(message(job)).isEqualTo(expected);
        }
    }

    private String message(Job job) {
        try {
            engine(ScratchFaults.none()).run(job);
            return "";
        } catch (InvalidInputException e) {
            return e.getMessage();
        }
    }

    @Test
    void twoProcessesWithOneRunIdDoNotDisturbEachOther() {
        dieLate();
        JobResult[] inner = new JobResult[1];
        JobListener starter = new JobListener() {
            @Override
            public void resumed(RunId run, int tasksDone, int tasks) {
                inner[0] = builder(ScratchFaults.none())
                        .listener(JobListener.NONE)
                        .build()
                        .run(job());
            }
        };
        JobResult outer =
                builder(ScratchFaults.none()).listener(starter).build().run(job());
        assertThat(ManyStages.digests(inner[0])).isEqualTo(ManyStages.digests(outer));
        assertThatNothingIsKept();
    }

    @Test
    void aRunThatNobodyComesBackToIsDeletedAfterAWeek() throws IOException {
        dieLate();
        try (Stream<Path> files = Files.walk(kept)) {
            FileTime longAgo = FileTime.from(Instant.now().minus(Workplace.KEPT).minus(Duration.ofHours(1)));
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, longAgo);
            }
        }
        Job other = Job.named("another");
        other.read(TextLines.files(List.of(input))).collect();
        engine(ScratchFaults.none()).run(other);
        assertThatNothingIsKept();
    }

    private void dieLate() {
        ScratchFaults none = ScratchFaults.none();
        MemoryPublisher used = publisher;
        publisher = new MemoryPublisher(2);
        engine(none).run(job());
        publisher = used;
        assertThat(tryOnce(ScratchFaults.at(Kind.DIE, none.calls() * 3 / 4))).isEmpty();
        told.clear();
    }

    private Job job() {
        return ManyStages.job(input, RUN);
    }

    /** Empty if the process died or the job failed. */
    private Optional<JobResult> tryOnce(ScratchFaults faults) {
        try {
            return Optional.of(engine(faults).run(job()));
        } catch (ProcessDiedError | RuntimeException e) {
            return Optional.empty();
        }
    }

    private EmbeddedEngine engine(ScratchFaults faults) {
        return builder(faults).build();
    }

    private EmbeddedEngine.Builder builder(ScratchFaults faults) {
        UnaryOperator<io.slipway.batch.shuffle.Scratch> faulty = scratch -> new FaultyScratch(scratch, faults);
        return EmbeddedEngine.builder()
                .memoryBytes(64 << 10)
                .parallelism(2)
                .splitBytes(4 << 10)
                .scratch(folder.resolve("scratch"))
                .faults(faulty)
                .publisher(publisher.usedBy(faults::isDead))
                .listener(told)
                .clock(InstantSource.system())
                .resumable(RUN, kept);
    }

    private static void assertSame(JobResult result, JobResult expected, String when) {
        assertThat(ManyStages.digests(result)).as("%s", when).isEqualTo(ManyStages.digests(expected));
        assertThat(result.counters()).as("%s", when).isEqualTo(expected.counters());
        assertThat(result.recordsIn()).as("%s", when).isEqualTo(expected.recordsIn());
        assertThat(result.recordsOut()).as("%s", when).isEqualTo(expected.recordsOut());
        assertThat(result.spills()).as("%s", when).isEqualTo(expected.spills());
    }

    private void assertThatNothingIsKept() {
        try (Stream<Path> files = Files.list(kept.resolve("slipway-runs"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("locks");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Remembers what was told about resuming. */
    private static final class Told implements JobListener {

        private final List<String> changes = new ArrayList<>();
        private int tasksDone;
        private int tasks;

        @Override
        public void resumed(RunId run, int done, int all) {
            tasksDone = done;
            tasks = all;
        }

        @Override
        public void startedOver(RunId run, String change) {
            changes.add(change);
        }

        void clear() {
            changes.clear();
            tasksDone = 0;
            tasks = 0;
        }
    }
}
