package io.slipway.serving.http;

import io.slipway.model.value.JsonBytes;
import java.util.Optional;

/** Problem documents (RFC 9457). Stateless. */
final class ProblemJson {

    static final String CONTENT_TYPE = "application/problem+json";

    private ProblemJson() {}

    /**
     * Writes a problem document.
     *
     * @param status the HTTP status, which may differ from the type's usual one
     * @param dataset the dataset that the request was about, if there is one
     * @param version its version that the reply is about; 0 if none
     */
    static void write(
            ProblemType type, int status, String detail, Optional<String> dataset, long version, JsonBytes out) {
        out.raw("{\"type\":").string(type.uri());
        out.raw(",\"title\":").string(type.title());
        out.raw(",\"status\":").number(status);
        out.raw(",\"detail\":").string(detail);
        dataset.ifPresent(name -> out.raw(",\"dataset\":").string(name));
        if (version > 0) {
            out.raw(",\"version\":").number(version);
        }
        out.raw('}');
    }
}
