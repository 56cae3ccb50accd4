package io.slipway.batch.format;

import io.slipway.batch.BadRecord;
import io.slipway.batch.Source;
import io.slipway.batch.SourceContext;
import io.slipway.batch.Split;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/** Reads sources without an engine. */
final class Reading<T> implements SourceContext<T> {

    final List<T> records = new ArrayList<>();
    final List<BadRecord> bad = new ArrayList<>();
    long bytes;

    static <T> Reading<T> all(Source<T> source) {
        return all(source, Long.MAX_VALUE);
    }

    static <T> Reading<T> all(Source<T> source, long splitBytes) {
        Reading<T> reading = new Reading<>();
        try {
            for (Split split : source.splits(splitBytes)) {
                source.read(split, reading);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reading;
    }

    static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Override
    public void emit(T record) {
        records.add(record);
    }

    @Override
    public void count(String counter, long delta) {
        throw new UnsupportedOperationException(counter);
    }

    @Override
    public void bytesRead(long more) {
        bytes += more;
    }

    @Override
    public void badRecord(Supplier<BadRecord> record) {
        bad.add(record.get());
    }
}
