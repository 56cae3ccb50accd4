package io.slipway.serving.reader;

import java.util.List;

/**
 * What a batch get gives.
 *
 * @param version the version that all of it is of
 * @param found the records that there are, in the order of the request
 * @param missing the keys of those that there are not, likewise
 */
public record BatchResult<T>(long version, List<KeyedValue<T>> found, List<Object> missing) {

    /** Takes copies of the lists. */
    public BatchResult {
        found = List.copyOf(found);
        missing = List.copyOf(missing);
    }
}
