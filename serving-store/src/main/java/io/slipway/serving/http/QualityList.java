package io.slipway.serving.http;

import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Headers that list what a client accepts, each with a quality (RFC 9110, 12.4.2). */
final class QualityList {

    private QualityList() {}

    /** What a header lists, the best first; none if it is not such a list. */
    static Optional<List<String>> of(HttpFields headers, HttpHeader header) {
        try {
            return Optional.of(headers.getQualityCSV(header));
        } catch (HttpException.RuntimeException e) {
            return Optional.empty();
        }
    }
}
