package io.slipway.examples.airports;

import io.slipway.examples.Airport;
import java.util.Optional;

/** A destination, recommended to those at an origin. */
record Suggestion(String origin, long onTime, Destination place) {

    /** The suggestion that a leg makes, with what is known of the airport it leads to. */
    static Suggestion of(Leg leg, Optional<Airport> airport) {
        Punctuality punctuality = leg.punctuality();
        Destination place = new Destination(
                leg.route().destination(),
                airport.map(Airport::name),
                airport.map(Airport::city),
                airport.map(Airport::state),
                punctuality.flights(),
                (double) punctuality.onTime() / punctuality.flights());
        return new Suggestion(leg.route().origin(), punctuality.onTime(), place);
    }

    /** The code of the airport it leads to. */
    String destination() {
        return place.airport();
    }
}
