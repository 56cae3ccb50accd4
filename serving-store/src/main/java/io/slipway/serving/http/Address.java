package io.slipway.serving.http;

import io.slipway.serving.metrics.LookupKind;
import org.eclipse.jetty.http.HttpURI;

/**
 * What a path names. The path is taken as it was sent: Jetty's idea of it, with escapes decoded and dots resolved, is not
 * used, because a key may hold any of these. A key is all of the path after {@code /records/}.
 *
 * @param resource what kind of thing it is
 * @param dataset the dataset's name as it was sent; empty if the path names none
 * @param path the whole path
 * @param keyAt where the key begins, if there is one
 */
record Address(Resource resource, String dataset, String path, int keyAt) {

    static final String DATASETS = "/v1/datasets";

    private static final String MULTI_BATCH_GET = "/v1/batchGet";
    private static final String RECORDS = "/records";
    private static final String BATCH_GET = "/records:batchGet";

    /** The kinds of things that have an address. */
    enum Resource {
        DATASETS(LookupKind.DATASET),
        DATASET(LookupKind.DATASET),
        RECORD(LookupKind.RECORD),
        RECORDS(LookupKind.RECORD),
        BATCH_GET(LookupKind.BATCH),
        MULTI_BATCH_GET(LookupKind.BATCH);

        private final LookupKind kind;

        Resource(LookupKind kind) {
            this.kind = kind;
        }

        /** As what it is counted. */
        LookupKind kind() {
            return kind;
        }

        /** Whether it takes a body, and is asked by POST. */
        boolean takesBody() {
            return this == BATCH_GET || this == MULTI_BATCH_GET;
        }
    }

    /**
     * Takes an address apart.
     *
     * @throws ProblemException if there is nothing at it
     */
    static Address of(HttpURI address) {
        return of(address.getPath() == null || address.getFragment() != null ? "" : address.getPath());
    }

    private static Address of(String path) {
        if (path.equals(DATASETS)) {
            return new Address(Resource.DATASETS, "", path, 0);
        }
        if (path.equals(MULTI_BATCH_GET)) {
            return new Address(Resource.MULTI_BATCH_GET, "", path, 0);
        }
        int nameAt = DATASETS.length() + 1;
        if (!path.startsWith(DATASETS) || path.charAt(nameAt - 1) != '/') {
            throw noSuchResource();
        }
        int nameEnd = path.indexOf('/', nameAt);
        if (nameEnd < 0) {
            return new Address(Resource.DATASET, path.substring(nameAt), path, 0);
        }
        return new Address(
                ofRest(path, nameEnd), path.substring(nameAt, nameEnd), path, nameEnd + RECORDS.length() + 1);
    }

    private static Resource ofRest(String path, int at) {
        int length = path.length() - at;
        if (path.startsWith(RECORDS, at)) {
            if (length == RECORDS.length()) {
                return Resource.RECORDS;
            }
            if (path.charAt(at + RECORDS.length()) == '/') {
                return Resource.RECORD;
            }
            if (length == BATCH_GET.length() && path.endsWith(BATCH_GET)) {
                return Resource.BATCH_GET;
            }
        }
        throw noSuchResource();
    }

    private static ProblemException noSuchResource() {
        return new ProblemException(
                ProblemType.NO_SUCH_RESOURCE,
                "There is nothing at this address. Records are at " + DATASETS + "/{dataset}/records/{key}.");
    }
}
