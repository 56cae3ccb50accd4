package io.slipway.examples.airports;

import java.util.Optional;

/**
 * An airport that is recommended.
 *
 * @param airport its code
 * @param name its name, if it is in the table of airports
 * @param city its city, likewise
 * @param state its state, likewise
 * @param flights how many flights go there from the airport that it is recommended at
 * @param onTimeShare the share of them that was on time, from 0 to 1
 */
public record Destination(
        String airport,
        Optional<String> name,
        Optional<String> city,
        Optional<String> state,
        long flights,
        double onTimeShare) {}
