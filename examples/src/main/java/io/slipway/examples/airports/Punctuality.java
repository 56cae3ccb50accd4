package io.slipway.examples.airports;

import io.slipway.batch.Aggregator;
import io.slipway.examples.Flight;

/** How many flights there were, and how many of them were on time. */
record Punctuality(long flights, long onTime) {

    static Aggregator<Flight, Punctuality, Punctuality> aggregator() {
        return Aggregator.of(
                () -> new Punctuality(0, 0), Punctuality::plus, Punctuality::plus, punctuality -> punctuality);
    }

    private Punctuality plus(Flight flight) {
        return new Punctuality(flights + 1, onTime + (flight.onTime() ? 1 : 0));
    }

    private Punctuality plus(Punctuality other) {
        return new Punctuality(flights + other.flights, onTime + other.onTime);
    }
}
