package io.slipway.batch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.Collected;
import io.slipway.batch.Job;
import io.slipway.batch.JobListener;
import io.slipway.batch.JobResult;
import io.slipway.batch.KeyValue;
import io.slipway.batch.StageProgress;
import io.slipway.batch.engine.ScratchFaults.Kind;
import io.slipway.batch.format.Records;
import io.slipway.batch.shuffle.Scratch;
import io.slipway.batch.type.Type;
import io.slipway.model.CorruptDataException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.SlipwayException;
import io.slipway.model.UnavailableException;
import io.slipway.model.publish.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {

    private static final List<Integer> NUMBERS =
            IntStream.range(0, 3000).boxed().toList();

    @TempDir
    Path folder;

    @TempDir
    Path inputs;

    private final MemoryPublisher publisher = new MemoryPublisher(2);

    @AfterEach
    void scratchIsEmptyWhateverHappened() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aTaskThatFailsThreeTimesPassesAtTheFourth() {
        AtomicInteger failures = new AtomicInteger(3);
        Job job = Job.named("flaky");
        Collected<KeyValue<Integer, Long>> counts = job.read(Records.of(NUMBERS, Type.of(Integer.class)))
                .<Integer>flatMap((number, out) -> {
                    out.count("seen", 1);
                    if (number == 2500 && failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("flaky");
                    }
                    out.emit(number % 10);
                })
                .keyBy(digit -> digit, Type.of(Integer.class))
                .count()
                .collect();
        Attempts attempts = new Attempts();

        JobResult result = engine(UnaryOperator.identity(), attempts).run(job);

        assertThat(result.of(counts))
                .hasSize(10)
                .allSatisfy(pair -> assertThat(pair.value()).isEqualTo(300));
        assertThat(result.failedAttempts()).isEqualTo(3);
        assertThat(attempts.failed).hasSize(3);
        assertThat(result.counter("seen")).isEqualTo(3000);
        assertThat(result.recordsIn()).isEqualTo(3000);
    }

    @Test
    void theCallerGetsWhatTheFunctionThrewWithTheOtherAttemptsCauses() {
        Job job = Job.named("broken");
        job.read(Records.of(NUMBERS, Type.of(Integer.class)))
                .<Integer>map(number -> {
                    throw new IllegalStateException("broken");
                })
                .collect();
        assertThatThrownBy(
                        () -> engine(UnaryOperator.identity(), JobListener.NONE).run(job))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(3));
    }

    @Test
    void aHeapThatIsTooSmallIsToldInWords() {
        Job job = Job.named("greedy");
        job.read(Records.of(NUMBERS, Type.of(Integer.class)))
                .<Integer>map(number -> {
                    throw new OutOfMemoryError("Java heap space");
                })
                .collect();
        assertThatThrownBy(
                        () -> engine(UnaryOperator.identity(), JobListener.NONE).run(job))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContainingAll("greedy", "ran out of memory", "MiB", "Give it more");
    }

    @Test
    void wrongInputIsNotTriedAgain() {
        AtomicInteger calls = new AtomicInteger();
        Job job = Job.named("wrong");
        job.read(Records.of(List.of(1), Type.of(Integer.class)))
                .<Integer>map(number -> {
                    calls.incrementAndGet();
                    throw new InvalidInputException("wrong");
                })
                .collect();
        assertThatThrownBy(
                        () -> engine(UnaryOperator.identity(), JobListener.NONE).run(job))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("wrong");
        assertThat(calls).hasValue(1);
    }

    @Test
    void aFailedJobAbortsItsVersion() {
        Job job = Job.named("broken publish");
        job.read(Records.of(NUMBERS, Type.of(Integer.class)))
                .keyBy(number -> number, Type.of(Integer.class))
                .<Integer>mapValues(number -> {
                    throw new IllegalStateException("broken");
                })
                .publish(Publication.of("numbers"));
        assertThatThrownBy(
                        () -> engine(UnaryOperator.identity(), JobListener.NONE).run(job))
                .isInstanceOf(IllegalStateException.class);
        assertThat(publisher.aborts).singleElement().asString().contains("broken publish", "broken");
        assertThat(publisher.closed).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"FAIL", "DAMAGE"})
    void whateverOneCallToAScratchFileDoesTheResultIsTheSame(Kind kind) throws IOException {
        oneFaultAtEach(kind, 40);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"FAIL", "DAMAGE"})
    void whateverAnyOneCallToAScratchFileDoesTheResultIsTheSame(Kind kind) throws IOException {
        oneFaultAtEach(kind, Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"FAIL", "DAMAGE"})
    void aDiskThatStaysBrokenFailsTheJobCleanly(Kind kind) throws IOException {
        Path input = ManyStages.input(inputs);
        ScratchFaults none = ScratchFaults.none();
        manyStages(input, none);
        for (int call = 0; call < none.calls(); call += none.calls() / 20) {
            int from = call;
            int aborts = publisher.aborts.size();
            assertThatThrownBy(() -> manyStages(input, ScratchFaults.from(kind, from)))
                    .as("%s from call %d", kind, call)
                    .isInstanceOf(SlipwayException.class);
            assertThat(publisher.aborts).hasSize(aborts + 2);
            scratchIsEmptyWhateverHappened();
        }
    }

    @Test
    void aDamagedRunIsMadeAgainByItsTaskAlone() throws IOException {
        Path input = ManyStages.input(inputs);
        JobResult expected = manyStages(input, ScratchFaults.none());
        Attempts attempts = new Attempts();
        JobResult result = engine(DamageOnce::new, attempts).run(ManyStages.job(input));
        assertSame(result, expected, "one damaged run");
        assertThat(attempts.failed).singleElement().isInstanceOf(CorruptDataException.class);
    }

    @Test
    void aDiskThatStaysFullFailsTheJobWithAWayOut() {
        assertThatThrownBy(() -> run(scratch -> new FaultyScratch(scratch, ScratchFaults.from(Kind.FAIL, 4))))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("free space");
        assertThat(publisher.aborts).hasSize(1);
    }

    @Test
    void stagesReportTheirProgress() {
        List<StageProgress> finished = new ArrayList<>();
        publish(engine(UnaryOperator.identity(), new JobListener() {
            @Override
            public void stageFinished(StageProgress progress) {
                finished.add(progress);
            }
        }));
        assertThat(finished).hasSize(2);
        assertThat(finished.get(0).name()).contains("read 3000 records").contains("keyBy");
        assertThat(finished.get(1).name()).isEqualTo("publish numbers");
        assertThat(finished.get(1).recordsRead()).isEqualTo(3000);
        assertThat(finished.get(1).recordsTotal()).isEqualTo(3000);
        assertThat(finished).allSatisfy(progress -> assertThat(progress.share()).isEqualTo(1));
    }

    /** Injects a fault at every call, or at so many of them. */
    private void oneFaultAtEach(Kind kind, int most) throws IOException {
        Path input = ManyStages.input(inputs);
        ScratchFaults none = ScratchFaults.none();
        JobResult expected = manyStages(input, none);
        for (int call = 0; call < none.calls(); call += Math.max(1, none.calls() / most)) {
            JobResult result = manyStages(input, ScratchFaults.at(kind, call));
            assertSame(result, expected, kind + " at call " + call + " of " + none.calls());
            scratchIsEmptyWhateverHappened();
        }
    }

    private JobResult manyStages(Path input, ScratchFaults faults) {
        return engine(scratch -> new FaultyScratch(scratch, faults), JobListener.NONE)
                .run(ManyStages.job(input));
    }

    private static void assertSame(JobResult result, JobResult expected, String when) {
        assertThat(ManyStages.digests(result)).as("%s", when).isEqualTo(ManyStages.digests(expected));
        assertThat(result.counters()).as("%s", when).isEqualTo(expected.counters());
        assertThat(result.recordsIn()).as("%s", when).isEqualTo(expected.recordsIn());
        assertThat(result.recordsOut()).as("%s", when).isEqualTo(expected.recordsOut());
        assertThat(result.spills()).as("%s", when).isEqualTo(expected.spills());
    }

    private void run(UnaryOperator<Scratch> faults) {
        publish(engine(faults, JobListener.NONE));
    }

    private static void publish(EmbeddedEngine engine) {
        Job job = Job.named("publish numbers");
        job.read(Records.of(NUMBERS, Type.of(Integer.class)))
                .keyBy(number -> number, Type.of(Integer.class))
                .mapValues(number -> "text " + number)
                .publish(Publication.of("numbers"));
        engine.run(job);
    }

    private EmbeddedEngine engine(UnaryOperator<Scratch> faults, JobListener listener) {
        return EmbeddedEngine.builder()
                .memoryBytes(64 << 10)
                .parallelism(2)
                .scratch(folder)
                .faults(faults)
                .publisher(publisher)
                .listener(listener)
                .build();
    }

    /** Remembers the attempts that failed. */
    private static final class Attempts implements JobListener {

        private final List<Throwable> failed = new ArrayList<>();

        @Override
        public synchronized void attemptFailed(String stage, int task, int attempt, Throwable cause) {
            failed.add(cause);
        }
    }
}
