package io.slipway.batch.table;

/** A value does not fit its field. It carries no stack trace: whoever catches it knows the row. */
final class MisfitException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String path;

    /** A misfit of the value itself; the message goes on after the name of the field: {@code is 'x', and …}. */
    MisfitException(String message) {
        this("", message);
    }

    private MisfitException(String path, String message) {
        super(message, null, false, false);
        this.path = path;
    }

    /** A text that is not of a type. */
    static MisfitException notOf(String type, String text) {
        return new MisfitException("is " + quoted(text) + ", and its type is " + type);
    }

    /** A null where there may be none. */
    static MisfitException nullOf(String type) {
        return new MisfitException("is null, and its type is " + type + " without null");
    }

    /** The same misfit, seen from what the value is in: {@code .name}, {@code [3]}. */
    MisfitException within(String step) {
        return new MisfitException(step + path, getMessage());
    }

    /** Where in its field the value is: {@code .lines[3]}; empty for the field itself. */
    String path() {
        return path;
    }

    private static String quoted(String text) {
        return text.length() <= 100 ? "'" + text + "'" : "'" + text.substring(0, 100) + "…'";
    }
}
