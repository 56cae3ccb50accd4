package io.slipway.model;

/** A document is of a format version that this program cannot read: use a program that can. */
public final class UnsupportedFormatException extends SlipwayException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param what the document
     * @param found its format version
     * @param least the least format version that can be read
     * @param greatest the greatest format version that can be read
     */
    public UnsupportedFormatException(String what, long found, long least, long greatest) {
        super(
                what + " has format version " + found + "; this Slipway reads " + least + " to " + greatest
                        + ". Use a Slipway that reads it.",
                null);
    }
}
