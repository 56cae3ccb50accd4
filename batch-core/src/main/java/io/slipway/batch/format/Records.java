package io.slipway.batch.format;

import io.slipway.batch.Source;
import io.slipway.batch.SourceContext;
import io.slipway.batch.Split;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Records in memory, for trying and testing jobs. Immutable. */
public final class Records<T> implements Source<T> {

    private static final Path PLACE = Path.of("memory");

    private final List<T> records;
    private final Type<T> type;
    private final int parts;

    private Records(List<T> records, Type<T> type, int parts) {
        this.records = List.copyOf(records);
        this.type = type;
        this.parts = parts;
    }

    /** These records, read by one task. */
    public static <T> Records<T> of(List<T> records, Type<T> type) {
        return new Records<>(records, type, 1);
    }

    /**
     * The same records, read by several tasks.
     *
     * @throws InvalidInputException if the number is not positive
     */
    public Records<T> inParts(int number) {
        if (number < 1) {
            throw new InvalidInputException(number + " parts are not possible. Give 1 or more.");
        }
        return new Records<>(records, type, number);
    }

    @Override
    public String label() {
        return records.size() + " records";
    }

    @Override
    public Type<T> type() {
        return type;
    }

    @Override
    public List<Path> files() {
        return List.of();
    }

    @Override
    public List<Split> splits(long targetBytes) {
        List<Split> splits = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            long start = (long) records.size() * i / parts;
            splits.add(new Split(PLACE, start, (long) records.size() * (i + 1) / parts));
        }
        return splits;
    }

    @Override
    public void read(Split split, SourceContext<T> context) {
        records.subList((int) split.start(), (int) split.end()).forEach(context::emit);
    }
}
