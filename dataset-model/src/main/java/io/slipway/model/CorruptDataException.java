package io.slipway.model;

/**
 * Stored data is not what was written: it must not be used. The message names the file, the place in it, what was
 * expected and what was found.
 */
public final class CorruptDataException extends SlipwayException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final String place;

    /**
     * Creates the exception.
     *
     * @param file the damaged file, as its reader knows it
     * @param place where in the file: an offset, a field, or "whole file"
     * @param expected what should be there
     * @param found what is there
     */
    public CorruptDataException(String file, String place, Object expected, Object found) {
        super(file + " is damaged (" + place + "): expected " + expected + ", found " + found + ".", null);
        this.file = file;
        this.place = place;
    }

    /**
     * Creates the exception for damage that a parser or library found.
     *
     * @param file the damaged file, as its reader knows it
     * @param place where in the file: an offset, a field, or "whole file"
     * @param problem what is wrong there, as half a sentence
     * @param cause what the library threw
     */
    public CorruptDataException(String file, String place, String problem, Throwable cause) {
        super(file + " is damaged (" + place + "): " + problem + ".", cause);
        this.file = file;
        this.place = place;
    }

    /** Where in the file: an offset, a field, or "whole file". */
    public String place() {
        return place;
    }

    /** The damaged file, as its reader knows it. */
    public String file() {
        return file;
    }
}
