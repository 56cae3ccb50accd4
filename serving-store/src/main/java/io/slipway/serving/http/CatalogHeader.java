package io.slipway.serving.http;

import org.eclipse.jetty.http.HttpFields;

/** The header in which a request says which catalog it has to be answered from, or a later one. Stateless. */
final class CatalogHeader {

    static final String NAME = "Slipway-Catalog";

    private CatalogHeader() {}

    /**
     * The least catalog that a request is to be answered from; 0 if it does not say.
     *
     * @throws ProblemException if the header is no number of a catalog
     */
    static long of(HttpFields headers) {
        String text = headers.get(NAME);
        if (text == null) {
            return 0;
        }
        try {
            long sequence = Long.parseLong(text.strip());
            if (sequence >= 0) {
                return sequence;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new ProblemException(
                ProblemType.BAD_REQUEST,
                "The header " + NAME + " is not the number of a catalog. Send one back as a reply gave it.");
    }
}
