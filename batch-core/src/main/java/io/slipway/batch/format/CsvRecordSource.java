package io.slipway.batch.format;

import io.slipway.batch.SourceContext;
import io.slipway.batch.Split;
import io.slipway.batch.type.RecordType;
import io.slipway.batch.type.Type;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** CSV files as Java records. */
final class CsvRecordSource<T> extends FileSource<T> {

    private final CsvOptions options;
    private final RecordType<T> type;

    CsvRecordSource(List<Path> paths, CsvOptions options, RecordType<T> type) {
        super(paths, Folders.COLUMNS);
        RecordBinder.check(type);
        this.options = options;
        this.type = type;
    }

    @Override
    public Type<T> type() {
        return type;
    }

    @Override
    List<Long> cuts(Path file, long size, long step) throws IOException {
        return CsvCuts.of(file, options.delimiter(), step);
    }

    @Override
    public void read(Split split, SourceContext<T> context) throws IOException {
        Binding binding = new Binding(context);
        new CsvFile(split, options).read(context, binding::accept);
    }

    /** Binds the rows of one file. */
    private final class Binding {

        private final SourceContext<T> context;
        private RecordBinder<T> binder;

        Binding(SourceContext<T> context) {
            this.context = context;
        }

        void accept(CsvRow row) {
            if (binder == null) {
                binder = new RecordBinder<>(type, row.header(), options.header(), row.file());
            }
            T record;
            try {
                record = binder.bind(row);
            } catch (BadValueException e) {
                options.badRecords().handle(context, () -> row.bad(e.getMessage()), "Correct it.");
                return;
            }
            context.emit(record);
        }
    }
}
