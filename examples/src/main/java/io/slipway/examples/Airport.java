package io.slipway.examples;

/**
 * One airport, as {@code airports.csv} has it: the components are columns of the file, by name.
 *
 * @param iata its code of three letters, which flights name it by
 * @param name its name
 * @param city the city it belongs to
 * @param state the state, as two letters
 */
public record Airport(String iata, String name, String city, String state) {}
