package io.slipway.examples.delays;

import io.slipway.examples.Flight;
import java.util.Arrays;
import java.util.List;

/**
 * How late the flights of one route are: the value of the dataset {@code route-delays}.
 *
 * @param flights how many flights there were
 * @param meanDelay their mean delay in minutes
 * @param medianDelay the delay in minutes that half of them did not exceed
 * @param delay95 the delay in minutes that 95 of 100 did not exceed
 * @param onTimeShare the share of them that was on time ({@link Flight#onTime}), from 0 to 1
 * @param parts the same for each part of the day in which there were flights, in the order of the day
 */
public record RouteDelays(
        long flights, double meanDelay, int medianDelay, int delay95, double onTimeShare, List<PartDelays> parts) {

    static RouteDelays of(DelaysByPart delays) {
        DelayHistogram day = delays.wholeDay();
        List<PartDelays> parts = Arrays.stream(PartOfDay.values())
                .filter(part -> !delays.of(part).isEmpty())
                .map(part -> PartDelays.of(part, delays.of(part)))
                .toList();
        return new RouteDelays(
                day.flights(), day.mean(), day.percentile(50), day.percentile(95), day.onTimeShare(), parts);
    }
}
