package io.slipway.batch.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.slipway.batch.SourceContext;
import io.slipway.batch.Split;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** Reads a CSV file, or the part of it that is a split. Used by one thread. */
final class CsvFile {

    private static final int MOST_FIELD_CHARACTERS = 1 << 25;

    private final Path file;
    private final SplitLines lines;
    private final CsvOptions options;
    private final FolderColumns folders;
    private final CsvFieldsHandler handler;
    private List<String> header = List.of();
    private int ownColumns;

    CsvFile(Split split, CsvOptions options) {
        this.file = split.file();
        this.lines = new SplitLines(split, SplitLines.Ends.FEEDS_AND_RETURNS);
        this.options = options;
        this.folders = FolderColumns.of(file);
        this.handler = new CsvFieldsHandler(options.nullText());
    }

    /** Reads all rows; one whose number of fields is not that of the header is handled as a bad record. */
    void read(SourceContext<?> context, Consumer<CsvRow> out) throws IOException {
        if (lines.split().start() > 0) {
            readHeader();
        }
        try (CsvReader<CsvFields> rows = open(context::bytesRead, context::contentRead, context::holds)) {
            for (CsvFields row : rows) {
                if (!isHeader(row)) {
                    accept(row, context, out);
                }
            }
        } catch (CsvParseException e) {
            throw translated(e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (header.isEmpty() && options.header() == CsvOptions.Header.FIRST_RECORD) {
            throw new InvalidInputException(file + " is empty: it has no header. Get it anew.");
        }
    }

    /** Takes the header from the beginning of the file, which is in another split. */
    private void readHeader() throws IOException {
        CsvFile whole = new CsvFile(new Split(file, 0, lines.split().start()), options);
        try (CsvReader<CsvFields> rows = whole.open(bytes -> {}, bytes -> {}, characters -> {})) {
            Iterator<CsvFields> all = rows.iterator();
            while (whole.header.isEmpty() && all.hasNext()) {
                whole.isHeader(all.next());
            }
        } catch (CsvParseException e) {
            throw whole.translated(e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        setHeader(whole.header.subList(0, whole.ownColumns));
    }

    private CsvReader<CsvFields> open(LongConsumer progress, LongConsumer content, Utf8Reader.Holding holding)
            throws IOException {
        Utf8Reader text = new Utf8Reader(lines, InputBytes.open(lines.split(), progress, content), holding);
        return CsvReader.builder()
                .fieldSeparator(options.delimiter())
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(MOST_FIELD_CHARACTERS)
                .build(handler, new EndMarkedReader(text));
    }

    /** Whether a row is the header; the first row makes it, or else tells how many columns there are. */
    private boolean isHeader(CsvFields row) {
        if (!header.isEmpty() || row.isEndMark()) {
            return false;
        }
        checkQuotes(row);
        if (options.header() == CsvOptions.Header.FIRST_RECORD) {
            setHeader(names(row));
            return true;
        }
        setHeader(IntStream.rangeClosed(1, row.fields().length)
                .mapToObj(i -> "c" + i)
                .toList());
        return false;
    }

    private void accept(CsvFields row, SourceContext<?> context, Consumer<CsvRow> out) {
        checkQuotes(row);
        if (row.isEndMark()) {
            return;
        }
        if (row.fields().length != ownColumns) {
            String reason = row.fields().length + " fields where the "
                    + (options.header() == CsvOptions.Header.NONE ? "first record" : "header") + " has "
                    + ownColumns + ".";
            options.badRecords()
                    .handle(
                            context,
                            () -> CsvRow.bad(lines, row.line(), row.fields(), reason),
                            "Correct the line, or the delimiter.");
            return;
        }
        out.accept(new CsvRow(lines, row.line(), header, withFolders(row.fields())));
    }

    private void checkQuotes(CsvFields row) {
        row.unclosedQuoteLine().ifPresent(line -> {
            throw new InvalidInputException(file + ", line " + lines.line(line)
                    + ": a quote is opened and never closed. Close it, or double it if it is part of the text.");
        });
    }

    private void setHeader(List<String> own) {
        header = folders.behind(own);
        ownColumns = own.size();
    }

    private String[] withFolders(String[] fields) {
        if (header.size() == ownColumns) {
            return fields;
        }
        String[] all = Arrays.copyOf(fields, header.size());
        for (int i = ownColumns; i < all.length; i++) {
            all[i] = folders.values().get(i - ownColumns).orElse(null);
        }
        return all;
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
            if (cause instanceof OutOfMemoryError error) {
                throw error;
            }
        }
        return new InvalidInputException(
                file + ", line " + lines.line(handler.line()) + ": " + cause.getMessage() + ". Correct it.", e);
    }
}
