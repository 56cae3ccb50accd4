package io.slipway.examples.airports;

/** A route with how punctual its flights are. */
record Leg(Route route, Punctuality punctuality) {}
