package io.slipway.batch.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.slipway.batch.SourceContext;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Reads one CSV file. */
final class CsvFile {

    private static final int MOST_FIELD_CHARACTERS = 1 << 25;

    private final Path file;
    private final CsvOptions options;
    private List<String> header = List.of();
    private long lastLine;

    CsvFile(Path file, CsvOptions options) {
        this.file = file;
        this.options = options;
    }

    /** Reads all rows; one whose number of fields is not that of the header is handled as a bad record. */
    void read(SourceContext<?> context, Consumer<CsvRow> out) throws IOException {
        try (Utf8Reader text = new Utf8Reader(file, InputBytes.open(file, 0, context));
                CsvReader<CsvFields> rows = CsvReader.builder()
                        .fieldSeparator(options.delimiter())
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .maxBufferSize(MOST_FIELD_CHARACTERS)
                        .build(new CsvFieldsHandler(options.nullText()), new EndMarkedReader(text))) {
            for (CsvFields row : rows) {
                accept(row, context, out);
            }
            if (header.isEmpty() && options.header() == CsvOptions.Header.FIRST_RECORD) {
                throw new InvalidInputException(file + " is empty: it has no header. Get it anew.");
            }
        } catch (CsvParseException e) {
            throw translated(e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void accept(CsvFields row, SourceContext<?> context, Consumer<CsvRow> out) {
        row.unclosedQuoteLine().ifPresent(line -> {
            throw new InvalidInputException(file + ", line " + line
                    + ": a quote is opened and never closed. Close it, or double it if it is part of the text.");
        });
        if (row.isEndMark()) {
            return;
        }
        lastLine = row.line();
        if (header.isEmpty()) {
            if (options.header() == CsvOptions.Header.FIRST_RECORD) {
                header = names(row);
                return;
            }
            header = IntStream.rangeClosed(1, row.fields().length)
                    .mapToObj(i -> "c" + i)
                    .toList();
        }
        if (row.fields().length != header.size()) {
            String reason = row.fields().length + " fields where the "
                    + (options.header() == CsvOptions.Header.NONE ? "first record" : "header") + " has "
                    + header.size() + ".";
            options.badRecords().handle(context, file, row::line, reason, "Correct the line, or the delimiter.");
            return;
        }
        out.accept(new CsvRow(file, row.line(), header, row.fields()));
    }

    private List<String> names(CsvFields row) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < row.fields().length; i++) {
            if (row.fields()[i] == null || row.fields()[i].isEmpty()) {
                throw new InvalidInputException(
                        file + ", line " + row.line() + ": column " + (i + 1) + " has no name. Give it one.");
            }
            if (!seen.add(row.fields()[i])) {
                throw new InvalidInputException(file + ", line " + row.line() + ": two columns are called '"
                        + row.fields()[i] + "'. Rename one.");
            }
        }
        return List.copyOf(Arrays.asList(row.fields()));
    }

    private InvalidInputException translated(CsvParseException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
            if (cause instanceof InvalidInputException invalid) {
                return invalid;
            }
        }
        String place = lastLine == 0 ? "in the first record" : "in the record after line " + lastLine;
        return new InvalidInputException(file + ", " + place + ": " + cause.getMessage() + ". Correct it.", e);
    }
}
