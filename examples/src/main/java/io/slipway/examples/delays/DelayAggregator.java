package io.slipway.examples.delays;

import io.slipway.batch.Aggregator;
import io.slipway.examples.Flight;

/**
 * Makes the features of a route of its flights. Each task counts the flights it reads ({@link #add}), what it has
 * counted goes through the shuffle instead of the flights, and the counts of all tasks are added up ({@link #merge}).
 */
final class DelayAggregator implements Aggregator<Flight, DelaysByPart, RouteDelays> {

    private static final long serialVersionUID = 1L;

    @Override
    public DelaysByPart create() {
        return DelaysByPart.EMPTY;
    }

    @Override
    public DelaysByPart add(DelaysByPart delays, Flight flight) {
        return delays.plus(PartOfDay.ofHour(flight.hour()), flight.delay());
    }

    @Override
    public DelaysByPart merge(DelaysByPart left, DelaysByPart right) {
        return left.plus(right);
    }

    @Override
    public RouteDelays finish(DelaysByPart delays) {
        return RouteDelays.of(delays);
    }
}
