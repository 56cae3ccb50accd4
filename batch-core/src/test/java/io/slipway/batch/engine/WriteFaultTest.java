package io.slipway.batch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.batch.Job;
import io.slipway.batch.engine.OperatorInputs.Item;
import io.slipway.batch.format.FileSink;
import io.slipway.batch.format.TextLines;
import io.slipway.batch.output.LocalOutputDisk;
import io.slipway.batch.output.OutputDisk;
import io.slipway.model.CommitStateUnknownException;
import io.slipway.model.UnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operation on the disk of an output fails once, or from then on for ever: nobody sees a part of an output. */
class WriteFaultTest {

    /** What the disk does at an operation and after it. */
    enum Fault {
        FAILS_ONCE,
        FAILS_FROM_THEN_ON
    }

    private static final List<String> OLD = List.of("old 0", "old 1");
    private static final List<String> NEW =
            IntStream.range(0, 40).mapToObj(i -> "new " + i).toList();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void anOutputIsReplacedOrStays(Fault fault) throws IOException {
        int operations = 0;
        boolean reached = true;
        while (reached) {
            write(new LocalOutputDisk(), 1, OLD);
            FaultyDisk disk = new FaultyDisk(fault, operations++);

            List<String> seen = readAfter(disk);

            reached = disk.reached();
            if (Files.exists(folder.resolve("out"))) {
                assertThat(seen).as("operation %d", operations).isIn(OLD, NEW);
            } else {
                assertThat(fault).isEqualTo(Fault.FAILS_FROM_THEN_ON);
            }
            write(new LocalOutputDisk(), 1, NEW);
            assertThat(read()).isEqualTo(NEW);
            assertThat(WriteTest.names(folder)).as("operation %d", operations).containsExactly("out");
        }
        assertThat(operations).isGreaterThan(12);
    }

    @ParameterizedTest
    @EnumSource
    void anOutputThatCouldNotBeReplacedIsPutBackByTheNextRunEvenIfThatFails(Fault fault) throws IOException {
        int operations = 0;
        boolean reached = true;
        while (reached) {
            write(new LocalOutputDisk(), 1, OLD);
            FaultyDisk disk = new FaultyDisk(fault, operations++);
            readAfter(disk);
            reached = disk.reached();
            List<String> before = Files.exists(folder.resolve("out")) ? read() : OLD;

            Job failing = Job.named("fails");
            OperatorInputs.read(failing, List.of(new Item("k", 0, "t")))
                    .map(item -> {
                        if (item.place() == 0) {
                            throw new IllegalStateException("fails");
                        }
                        return item.text();
                    })
                    .write(sink());
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> OperatorInputs.engine(scratch()).run(failing))
                    .hasMessage("fails");

            assertThat(read()).isEqualTo(before);
            assertThat(WriteTest.names(folder)).as("operation %d", operations).containsExactly("out");
        }
    }

    /** The error of a run tells whether the output is the new one. */
    private List<String> readAfter(FaultyDisk disk) throws IOException {
        try {
            write(disk, 1, NEW);
            assertThat(read()).isEqualTo(NEW);
        } catch (CommitStateUnknownException e) {
            assertThat(read()).isEqualTo(NEW);
        } catch (UnavailableException e) {
            if (Files.exists(folder.resolve("out"))) {
                assertThat(read()).isEqualTo(OLD);
            }
            assertThat(e).hasMessageContaining("output folder");
        }
        return Files.exists(folder.resolve("out")) ? read() : List.of();
    }

    private void write(OutputDisk disk, int attempts, List<String> lines) {
        Job job = Job.named("write");
        List<Item> items = IntStream.range(0, lines.size())
                .mapToObj(i -> new Item("k", i, lines.get(i)))
                .toList();
        OperatorInputs.read(job, items).map(Item::text).write(sink());
        EmbeddedEngine.builder()
                .memoryBytes(64 << 10)
                .parallelism(1)
                .attempts(attempts)
                .scratch(scratch())
                .outputDisk(disk)
                .build()
                .run(job);
    }

    private FileSink<String> sink() {
        return TextLines.to(folder.resolve("out")).replacing();
    }

    private static Path scratch() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private List<String> read() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            for (Path file : files.sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    /** Counts operations, and fails. */
    private static final class FaultyDisk implements OutputDisk {

        private final OutputDisk disk = new LocalOutputDisk();
        private final Fault fault;
        private final int at;
        private final AtomicInteger operations = new AtomicInteger();

        FaultyDisk(Fault fault, int at) {
            this.fault = fault;
            this.at = at;
        }

        boolean reached() {
            return operations.get() > at;
        }

        private void operation() throws IOException {
            int number = operations.getAndIncrement();
            if (number == at || (number > at && fault == Fault.FAILS_FROM_THEN_ON)) {
                throw new IOException("injected at operation " + number);
            }
        }

        @Override
        public void createFolder(Path path) throws IOException {
            operation();
            disk.createFolder(path);
        }

        @Override
        public OutputStream create(Path file) throws IOException {
            operation();
            OutputStream out = disk.create(file);
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    operation();
                    out.write(b);
                }

                @Override
                public void write(byte[] from, int offset, int length) throws IOException {
                    operation();
                    out.write(from, offset, length);
                }

                @Override
                public void close() throws IOException {
                    out.close();
                }
            };
        }

        @Override
        public void sync(Path path) throws IOException {
            operation();
            disk.sync(path);
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            operation();
            disk.move(from, to);
        }

        @Override
        public void delete(Path path) throws IOException {
            operation();
            disk.delete(path);
        }
    }
}
