package io.slipway.batch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.Collected;
import io.slipway.batch.Flow;
import io.slipway.batch.Job;
import io.slipway.batch.JobListener;
import io.slipway.batch.JobResult;
import io.slipway.batch.KeyValue;
import io.slipway.batch.KeyedFlow;
import io.slipway.batch.StageProgress;
import io.slipway.batch.format.Records;
import io.slipway.batch.shuffle.LocalScratch;
import io.slipway.batch.shuffle.Scratch;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import io.slipway.model.UnavailableException;
import io.slipway.model.publish.Publication;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultTest {

    private static final List<Integer> NUMBERS =
            IntStream.range(0, 3000).boxed().toList();

    @TempDir
    Path folder;

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

        JobResult result = engine(LocalScratch::new, attempts).run(job);

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
        assertThatThrownBy(() -> engine(LocalScratch::new, JobListener.NONE).run(job))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(3));
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
        assertThatThrownBy(() -> engine(LocalScratch::new, JobListener.NONE).run(job))
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
        assertThatThrownBy(() -> engine(LocalScratch::new, JobListener.NONE).run(job))
                .isInstanceOf(IllegalStateException.class);
        assertThat(publisher.aborts).singleElement().asString().contains("broken publish", "broken");
        assertThat(publisher.closed).isEqualTo(1);
    }

    @Test
    void anyOneFailureOfAScratchFileIsSurvived() {
        int calls = countedCalls();
        for (int failing = 0; failing < calls; failing++) {
            int at = failing;
            AtomicInteger call = new AtomicInteger();
            run(parent -> new FaultyScratch(new LocalScratch(parent), () -> call.getAndIncrement() == at));
            assertThat(publisher.records).as("call %d of %d", failing, calls).hasSize(3000);
        }
    }

    @Test
    void anyOneFailureOfAScratchFileIsSurvivedBySortsAndByJoinsThatSpill() {
        AtomicInteger calls = new AtomicInteger();
        List<String> expected = sortAndJoin(() -> calls.incrementAndGet() < 0);
        assertThat(expected).hasSize(30 * 300);
        for (int failing = 0; failing < calls.get(); failing++) {
            int at = failing;
            AtomicInteger call = new AtomicInteger();
            assertThat(sortAndJoin(() -> call.getAndIncrement() == at))
                    .as("call %d of %d", failing, calls.get())
                    .isEqualTo(expected);
        }
    }

    @Test
    void aDiskThatStaysFullFailsTheJobWithAWayOut() {
        AtomicInteger call = new AtomicInteger();
        assertThatThrownBy(() ->
                        run(parent -> new FaultyScratch(new LocalScratch(parent), () -> call.getAndIncrement() >= 4)))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("free space");
        assertThat(publisher.aborts).hasSize(1);
    }

    @Test
    void stagesReportTheirProgress() {
        List<StageProgress> finished = new ArrayList<>();
        publish(engine(LocalScratch::new, new JobListener() {
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

    private int countedCalls() {
        AtomicInteger calls = new AtomicInteger();
        run(parent -> new FaultyScratch(new LocalScratch(parent), () -> calls.incrementAndGet() < 0));
        assertThat(calls).hasValueGreaterThan(5);
        return calls.get();
    }

    private void run(java.util.function.Function<Path, Scratch> scratch) {
        publish(engine(scratch, JobListener.NONE));
    }

    private List<String> sortAndJoin(Fault fault) {
        Job job = Job.named("sort and join");
        Flow<String> texts = job.read(Records.of(NUMBERS.subList(0, 300), Type.of(Integer.class)))
                .map(number -> "some text of the number " + number)
                .sortedBy(text -> text);
        KeyedFlow<Boolean, String> keyed = texts.keyBy(text -> true);
        Collected<String> pairs = texts.filter(text -> text.endsWith("7"))
                .keyBy(text -> true)
                .join(keyed, (left, right) -> left.substring(20) + right.substring(20))
                .map((key, pair) -> pair)
                .collect();
        return engine(parent -> new FaultyScratch(new LocalScratch(parent), fault), JobListener.NONE)
                .run(job)
                .of(pairs);
    }

    private static void publish(EmbeddedEngine engine) {
        Job job = Job.named("publish numbers");
        job.read(Records.of(NUMBERS, Type.of(Integer.class)))
                .keyBy(number -> number, Type.of(Integer.class))
                .mapValues(number -> "text " + number)
                .publish(Publication.of("numbers"));
        engine.run(job);
    }

    private EmbeddedEngine engine(java.util.function.Function<Path, Scratch> scratch, JobListener listener) {
        return EmbeddedEngine.builder()
                .memoryBytes(64 << 10)
                .parallelism(2)
                .scratch(folder)
                .openScratch(scratch)
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

    /** When something is to fail. */
    private interface Fault {
        boolean strikes();
    }

    /** Fails when files are opened. */
    private record FaultyScratch(Scratch scratch, Fault fault) implements Scratch {

        @Override
        public Path newFile(String prefix) {
            return scratch.newFile(prefix);
        }

        @Override
        public FileChannel write(Path file) throws IOException {
            if (fault.strikes()) {
                throw new IOException("No space left on device");
            }
            return scratch.write(file);
        }

        @Override
        public FileChannel read(Path file) throws IOException {
            if (fault.strikes()) {
                throw new IOException("No space left on device");
            }
            return scratch.read(file);
        }

        @Override
        public void delete(Path file) {
            scratch.delete(file);
        }

        @Override
        public void close() {
            scratch.close();
        }
    }
}
