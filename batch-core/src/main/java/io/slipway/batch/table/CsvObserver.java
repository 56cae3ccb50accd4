package io.slipway.batch.table;

import io.slipway.batch.format.CsvRow;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Finds out what the texts of each column have in common. Used by one thread. */
final class CsvObserver implements TableScan.Observer<CsvRow, CsvObserver> {

    private final List<String> names;
    private final int[] kinds;
    private final boolean[] hasNull;
    private final boolean[] hasText;
    private final int[] columns;
    private Optional<List<String>> header = Optional.empty();

    /** An observer of columns. */
    CsvObserver(List<String> names) {
        this.names = names;
        int count = names.size();
        this.kinds = new int[count];
        Arrays.fill(kinds, PlainText.ANY);
        this.hasNull = new boolean[count];
        this.hasText = new boolean[count];
        this.columns = new int[count];
    }

    @Override
    public void observe(CsvRow row) {
        bind(row);
        for (int i = 0; i < columns.length; i++) {
            if (row.isNull(columns[i])) {
                hasNull[i] = true;
            } else {
                hasText[i] = true;
                if (kinds[i] != 0) {
                    kinds[i] &= PlainText.kinds(row.text(columns[i]));
                }
            }
        }
    }

    @Override
    public void add(CsvObserver later) {
        for (int i = 0; i < columns.length; i++) {
            kinds[i] &= later.kinds[i];
            hasNull[i] |= later.hasNull[i];
            hasText[i] |= later.hasText[i];
        }
    }

    /** The type that all values of a column have, without null. */
    Schema type(String name) {
        int column = names.indexOf(name);
        return PlainText.type(hasText[column] ? kinds[column] : 0);
    }

    /** Whether a value of a column is null. */
    boolean hasNull(String name) {
        return hasNull[names.indexOf(name)];
    }

    /** Finds the columns in the row's header, which all rows of a file share. */
    @SuppressWarnings("ReferenceEquality")
    private void bind(CsvRow row) {
        if (header.isPresent() && header.get() == row.header()) {
            return;
        }
        CsvHeader found = CsvHeader.of(row.file(), row.header());
        for (int i = 0; i < columns.length; i++) {
            columns[i] = found.indexOf(names.get(i));
        }
        header = Optional.of(row.header());
    }
}
