package io.slipway.batch.format;

import io.slipway.batch.SourceContext;
import io.slipway.batch.Split;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** CSV files as rows. */
final class CsvRowSource extends FileSource<CsvRow> {

    private final CsvOptions options;

    CsvRowSource(List<Path> paths, CsvOptions options) {
        super(paths, Folders.COLUMNS);
        this.options = options;
    }

    @Override
    public Type<CsvRow> type() {
        throw new InvalidInputException(
                "Rows of CSV cannot be shuffled or published as they are. Map them to a record first.");
    }

    @Override
    List<Long> cuts(Path file, long size, long step) throws IOException {
        return CsvCuts.of(file, options.delimiter(), step);
    }

    @Override
    public void read(Split split, SourceContext<CsvRow> context) throws IOException {
        new CsvFile(split, options).read(context, context::emit);
    }
}
