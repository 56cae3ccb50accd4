package io.slipway.examples.pages;

import io.slipway.batch.Aggregator;
import io.slipway.batch.format.LogLine;

/**
 * How often a page was asked for: the value of the dataset {@code page-popularity}.
 *
 * @param requests how many requests there were, whatever came of them
 * @param bytes how many bytes the replies had together, as far as the log says
 */
public record PageRequests(long requests, long bytes) {

    static Aggregator<LogLine, PageRequests, PageRequests> aggregator() {
        return Aggregator.of(
                () -> new PageRequests(0, 0), PageRequests::plus, PageRequests::plus, requests -> requests);
    }

    private PageRequests plus(LogLine line) {
        return new PageRequests(requests + 1, bytes + Math.max(0, line.bytes()));
    }

    private PageRequests plus(PageRequests other) {
        return new PageRequests(requests + other.requests, bytes + other.bytes);
    }
}
