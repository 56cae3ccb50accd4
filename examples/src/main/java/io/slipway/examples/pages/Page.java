package io.slipway.examples.pages;

/**
 * A page with how often it was asked for: the value of the dataset {@code top-pages}.
 *
 * @param path the page, as it is in the log
 * @param requests how many requests there were
 * @param bytes how many bytes the replies had together
 */
public record Page(String path, long requests, long bytes) {

    /** The page of a path. */
    Page(String path, PageRequests requests) {
        this(path, requests.requests(), requests.bytes());
    }
}
