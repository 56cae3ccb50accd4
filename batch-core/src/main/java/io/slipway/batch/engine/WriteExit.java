package io.slipway.batch.engine;

import io.slipway.batch.RecordWriter;
import io.slipway.batch.output.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads to the files of a folder, a file for each task that has records. */
final class WriteExit implements Exit {

    private static final Logger LOG = LoggerFactory.getLogger(WriteExit.class);

    private final WriteTarget target;

    WriteExit(WriteTarget target) {
        this.target = target;
    }

    @Override
    public boolean sorts() {
        return false;
    }

    @Override
    public ExitAttempt open(Attempt attempt) {
        return new Open(attempt);
    }

    /** One attempt's use. */
    private final class Open implements ExitAttempt {

        private final Attempt attempt;
        private final Path file = target.newFile();
        private Optional<RecordWriter<Object>> writer = Optional.empty();
        private long records;
        private boolean finished;

        Open(Attempt attempt) {
            this.attempt = attempt;
        }

        @Override
        public void receive(Object key, Object value) {
            try {
                if (writer.isEmpty()) {
                    writer = Optional.of(target.create(file));
                }
                writer.get().write(value);
            } catch (IOException e) {
                throw OutputFolder.unavailable(target.folder(), e);
            }
            records++;
        }

        @Override
        public void finish() {
            if (writer.isEmpty()) {
                return;
            }
            try {
                writer.get().close();
                target.disk().sync(file);
                WriteTarget.Part part = new WriteTarget.Part(file, records, Files.size(file));
                finished = true;
                attempt.recordsOut(records);
                attempt.made(new Product.Written(target, part));
            } catch (IOException e) {
                throw OutputFolder.unavailable(target.folder(), e);
            }
        }

        @Override
        public void close() {
            if (finished || writer.isEmpty()) {
                return;
            }
            try {
                writer.get().close();
            } catch (IOException | RuntimeException e) {
                LOG.debug("{} is deleted anyway", file, e);
            }
            try {
                target.disk().delete(file);
            } catch (IOException e) {
                LOG.debug("{} is left to the end of the job", file, e);
            }
        }
    }
}
