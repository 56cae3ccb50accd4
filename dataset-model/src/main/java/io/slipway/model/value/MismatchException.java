package io.slipway.model.value;

/** A datum does not fit its schema. Gathers the path to it on the way out; {@link ValueCodec} makes the message of it. */
final class MismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private String path = "";

    /**
     * Creates the exception.
     *
     * @param problem what is wrong with the datum and what to do, as the rest of a sentence
     */
    MismatchException(String problem) {
        super(problem, null, false, false);
    }

    /** The mismatch of a datum that is not of a type. */
    static MismatchException notOf(String type, Object datum) {
        String text = String.valueOf(datum);
        String shown = text.length() <= 100 ? text : text.substring(0, 100) + "…";
        String kind = datum == null ? "" : " (" + datum.getClass().getSimpleName() + ")";
        return new MismatchException(
                "is of type " + type + ", and '" + shown + "'" + kind + " is not. Give a value of that type.");
    }

    /** Puts a step before the path: {@code .name} or {@code [3]}. */
    MismatchException within(String step) {
        path = step + path;
        return this;
    }

    /** Where in the datum it is, for the start of a message. */
    String where() {
        if (path.isEmpty()) {
            return "The value";
        }
        return "Field '" + (path.startsWith(".") ? path.substring(1) : path) + "'";
    }
}
