package io.slipway.examples.delays;

/**
 * How late the flights of one route are that start in one part of the day. The components are as in {@link
 * RouteDelays}.
 *
 * @param part the part of the day
 * @param flights how many flights there were
 * @param meanDelay their mean delay in minutes
 * @param medianDelay the delay in minutes that half of them did not exceed
 * @param delay95 the delay in minutes that 95 of 100 did not exceed
 * @param onTimeShare the share of them that was on time, from 0 to 1
 */
public record PartDelays(
        PartOfDay part, long flights, double meanDelay, int medianDelay, int delay95, double onTimeShare) {

    static PartDelays of(PartOfDay part, DelayHistogram delays) {
        return new PartDelays(
                part,
                delays.flights(),
                delays.mean(),
                delays.percentile(50),
                delays.percentile(95),
                delays.onTimeShare());
    }
}
