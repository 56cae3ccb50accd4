package io.slipway.batch.format;

import io.slipway.batch.RecordWriter;
import io.slipway.batch.type.BinaryOut;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;

/** Writes texts as lines. */
final class TextLinesWriter<T> implements RecordWriter<T> {

    private final OutputStream out;
    private final BinaryOut bytes = new BinaryOut();

    TextLinesWriter(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(T record) throws IOException {
        String text = (String) record;
        if (text.indexOf('\n') >= 0 || text.endsWith("\r")) {
            throw new InvalidInputException("A text that is to be a line has a line end: '" + text
                    + "'. Replace it, or write JSON Lines or CSV.");
        }
        bytes.clear().writeUtf8(text);
        bytes.writeByte('\n');
        out.write(bytes.array(), 0, bytes.size());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
