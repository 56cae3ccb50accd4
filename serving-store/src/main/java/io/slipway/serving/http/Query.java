package io.slipway.serving.http;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The parameters of a request. Immutable. */
final class Query {

    /** The parameters that there are; those after the key are of scans. */
    enum Parameter {
        VERSION("version"),
        FIELDS("fields"),
        KEY("key"),
        PREFIX("prefix"),
        FROM("from"),
        TO("to"),
        LIMIT("limit"),
        PAGE_TOKEN("pageToken");

        private final String text;

        Parameter(String text) {
            this.text = text;
        }

        private boolean isRepeated() {
            return this == KEY || this == PREFIX || this == FROM || this == TO;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final Query NONE = new Query(Map.of());

    private final Map<Parameter, List<String>> values;

    private Query(Map<Parameter, List<String>> values) {
        this.values = values;
    }

    /**
     * Reads the raw query of an address.
     *
     * @param raw the query, or null if the address has none
     * @param allowed the parameters that the request may have
     * @throws ProblemException if a parameter is unknown or not acceptable, naming it
     */
    static Query parse(String raw, Set<Parameter> allowed) {
        if (raw == null || raw.isEmpty()) {
            return NONE;
        }
        Map<Parameter, List<String>> values = new EnumMap<>(Parameter.class);
        for (int from = 0; from <= raw.length(); ) {
            int end = raw.indexOf('&', from);
            end = end < 0 ? raw.length() : end;
            if (end > from) {
                int equals = raw.indexOf('=', from);
                int nameEnd = equals < 0 || equals > end ? end : equals;
                String name = PercentEncoding.decodeQuery(raw.substring(from, nameEnd));
                String value = PercentEncoding.decodeQuery(raw.substring(Math.min(nameEnd + 1, end), end));
                add(parameter(name, allowed), value, values);
            }
            from = end + 1;
        }
        return new Query(values);
    }

    private static Parameter parameter(String name, Set<Parameter> allowed) {
        return allowed.stream()
                .filter(parameter -> parameter.text.equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.BAD_PARAMETER,
                        "There is no parameter '" + name + "' here. There are: "
                                + allowed.stream()
                                        .sorted()
                                        .map(Parameter::toString)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    private static void add(Parameter parameter, String value, Map<Parameter, List<String>> values) {
        List<String> given = values.computeIfAbsent(parameter, none -> new ArrayList<>(1));
        if (!given.isEmpty() && !parameter.isRepeated()) {
            throw new ProblemException(
                    ProblemType.BAD_PARAMETER, "The parameter '" + parameter + "' is given twice. Give it once.");
        }
        given.add(value);
    }

    boolean has(Parameter parameter) {
        return values.containsKey(parameter);
    }

    /** Refuses a request that names a key and a range. */
    void requireNoScan() {
        for (Parameter parameter : values.keySet()) {
            if (parameter.compareTo(Parameter.KEY) > 0) {
                throw new ProblemException(
                        ProblemType.BAD_PARAMETER,
                        "The parameter 'key' names one record, and '" + parameter
                                + "' is of a range of them. Leave one of them out.");
            }
        }
    }

    /** The values of a parameter, in their order. */
    List<String> all(Parameter parameter) {
        return values.getOrDefault(parameter, List.of());
    }

    /** The value of a parameter that is given at most once. */
    Optional<String> one(Parameter parameter) {
        List<String> given = values.get(parameter);
        return given == null ? Optional.empty() : Optional.of(given.get(0));
    }

    /** The range that a scan is of, in a form that no other range has. */
    String range() {
        StringBuilder range = new StringBuilder();
        for (Parameter parameter : EnumSet.of(Parameter.PREFIX, Parameter.FROM, Parameter.TO)) {
            for (String value : all(parameter)) {
                range.append(parameter).append(value.length()).append('=').append(value);
            }
        }
        return range.toString();
    }

    /** The number of the version that is to be read; 0 if none is named. */
    long version() {
        return one(Parameter.VERSION).map(Query::version).orElse(0L);
    }

    /**
     * How many records a page is to have.
     *
     * @param usual how many if the request does not say
     * @param most the limit
     */
    int limit(int usual, int most) {
        Optional<String> text = one(Parameter.LIMIT);
        if (text.isEmpty()) {
            return Math.min(usual, most);
        }
        long limit = positive(text.get());
        if (limit == 0 || limit > most) {
            throw new ProblemException(
                    ProblemType.BAD_PARAMETER,
                    "The parameter 'limit' is '" + text.get() + "', and has to be from 1 to the limit of " + most
                            + " records (scan.records). Follow nextPageToken for more.");
        }
        return (int) limit;
    }

    private static long version(String text) {
        long number = positive(text);
        if (number == 0) {
            throw new ProblemException(
                    ProblemType.BAD_PARAMETER,
                    "The parameter 'version' is '" + text + "', which is not the number of a version: 1, 2, 3 …");
        }
        return number;
    }

    /** A whole number above 0, or else 0. */
    private static long positive(String text) {
        try {
            return text.startsWith("+") ? 0 : Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
