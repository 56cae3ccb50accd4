package io.slipway.examples.airports;

import io.slipway.examples.Flight;

/** Where from and where to: a key of two fields. */
record Route(String origin, String destination) {

    static Route of(Flight flight) {
        return new Route(flight.origin(), flight.destination());
    }
}
