package io.slipway.serving.http;

import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of a request.
 *
 * @param keys the parameters {@code key}, in their order
 * @param version the parameter {@code version}; 0 if it is not there
 */
record Query(List<String> keys, long version) {

    private static final Query NONE = new Query(List.of(), 0);

    /**
     * Reads the raw query of an address.
     *
     * @param raw the query, or null if the address has none
     * @throws ProblemException if a parameter is unknown or not acceptable, naming it
     */
    static Query parse(String raw) {
        if (raw == null || raw.isEmpty()) {
            return NONE;
        }
        List<String> keys = new ArrayList<>(2);
        long version = 0;
        for (int from = 0; from <= raw.length(); ) {
            int end = raw.indexOf('&', from);
            end = end < 0 ? raw.length() : end;
            if (end > from) {
                int equals = raw.indexOf('=', from);
                int nameEnd = equals < 0 || equals > end ? end : equals;
                String name = PercentEncoding.decodeQuery(raw.substring(from, nameEnd));
                String value = PercentEncoding.decodeQuery(raw.substring(Math.min(nameEnd + 1, end), end));
                switch (name) {
                    case "key" -> keys.add(value);
                    case "version" -> version = version(value, version);
                    default ->
                        throw new ProblemException(
                                ProblemType.BAD_PARAMETER,
                                "There is no parameter '" + name + "' here. There are 'key' and 'version'.");
                }
            }
            from = end + 1;
        }
        return new Query(keys, version);
    }

    private static long version(String text, long before) {
        if (before != 0) {
            throw new ProblemException(
                    ProblemType.BAD_PARAMETER, "The parameter 'version' is given twice. Give it once.");
        }
        try {
            long number = Long.parseLong(text);
            if (number > 0 && text.charAt(0) != '+') {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new ProblemException(
                ProblemType.BAD_PARAMETER,
                "The parameter 'version' is '" + text + "', which is not the number of a version: 1, 2, 3 …");
    }

    /** Refuses keys where the request has none as parameters. */
    Query withoutKeys() {
        if (!keys.isEmpty()) {
            throw new ProblemException(
                    ProblemType.BAD_PARAMETER, "There is no parameter 'key' here. There is 'version'.");
        }
        return this;
    }
}
