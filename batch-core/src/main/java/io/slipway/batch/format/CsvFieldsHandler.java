package io.slipway.batch.format;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** Collects the fields of a record, and which of them are null. */
final class CsvFieldsHandler extends CsvCallbackHandler<CsvFields> {

    private final Optional<String> nullText;
    private String[] fields = new String[16];
    private int count;
    private long line;
    private RecordType kind = RecordType.DATA;
    private OptionalLong unclosedQuoteLine = OptionalLong.empty();

    CsvFieldsHandler(Optional<String> nullText) {
        this.nullText = nullText;
    }

    @Override
    protected RecordType getRecordType() {
        return kind;
    }

    @Override
    protected int getFieldCount() {
        return count;
    }

    @Override
    protected void beginRecord(long startingLineNumber) {
        line = startingLineNumber;
        count = 0;
        kind = RecordType.DATA;
    }

    @Override
    protected void addField(char[] buffer, int offset, int length, boolean quoted) {
        if (count == fields.length) {
            fields = Arrays.copyOf(fields, 2 * count);
        }
        if (!quoted && length == 0) {
            fields[count++] = null;
            return;
        }
        String text = new String(buffer, offset, length);
        if (quoted && text.endsWith(EndMarkedReader.MARK)) {
            unclosedQuoteLine = OptionalLong.of(line + lineEnds());
        }
        fields[count++] = !quoted && nullText.isPresent() && nullText.get().equals(text) ? null : text;
    }

    @Override
    protected void setComment(char[] buffer, int offset, int length) {
        kind = RecordType.COMMENT;
    }

    @Override
    protected void setEmpty() {
        kind = RecordType.EMPTY;
    }

    /** The line at which the record begins that was looked at last. */
    long line() {
        return line;
    }

    @Override
    protected CsvFields buildRecord() {
        return new CsvFields(line, Arrays.copyOf(fields, count), unclosedQuoteLine);
    }

    /** How many line ends are in the record's fields so far. */
    private long lineEnds() {
        return Arrays.stream(fields, 0, count)
                .filter(field -> field != null)
                .flatMapToInt(String::chars)
                .filter(c -> c == '\n')
                .count();
    }
}
