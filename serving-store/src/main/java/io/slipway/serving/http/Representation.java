package io.slipway.serving.http;

import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** The forms that a value is sent in. */
enum Representation {
    /** JSON. */
    JSON,
    /** The value as it was published: Avro binary of the version's value schema. */
    AVRO;

    /**
     * What a request accepts best.
     *
     * @throws ProblemException if it accepts neither
     */
    static Representation of(HttpFields headers) {
        String accept = headers.get(HttpHeader.ACCEPT);
        if (accept == null || accept.equals("*/*") || accept.equals("application/json")) {
            return JSON;
        }
        List<String> ranges = QualityList.of(headers, HttpHeader.ACCEPT)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.BAD_REQUEST,
                        "The header Accept is '" + accept + "', which is not a list. Close every quote."));
        for (String range : ranges) {
            int parameters = range.indexOf(';');
            String type = (parameters < 0 ? range : range.substring(0, parameters)).strip();
            if (type.equals("*/*") || type.equalsIgnoreCase("application/json") || type.equals("application/*")) {
                return JSON;
            }
            if (type.equalsIgnoreCase("avro/binary") || type.equals("avro/*")) {
                return AVRO;
            }
        }
        throw new ProblemException(
                ProblemType.NOT_ACCEPTABLE,
                "The request accepts '" + accept
                        + "'. There are application/json and, for single records, avro/binary.");
    }

    /**
     * Checks that a request accepts JSON, where there is nothing else.
     *
     * @param instead what to do for whoever wants Avro
     * @throws ProblemException if it does not
     */
    static void requireJson(HttpFields headers, String instead) {
        if (of(headers) != JSON) {
            throw new ProblemException(ProblemType.NOT_ACCEPTABLE, "There is only application/json here. " + instead);
        }
    }
}
