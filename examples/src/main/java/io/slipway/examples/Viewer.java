package io.slipway.examples;

import java.util.Optional;

/**
 * What is known of a viewer, as {@code viewers.csv} has it: the components are columns of the file, by name.
 *
 * @param viewer who
 * @param birthYear the year of birth, if it was told
 * @param country the country, as two letters
 */
public record Viewer(String viewer, Optional<Integer> birthYear, String country) {}
