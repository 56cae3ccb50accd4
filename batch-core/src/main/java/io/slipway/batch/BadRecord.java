package io.slipway.batch;

/**
 * A record of the input that could not be read and was left out.
 *
 * @param file where it is
 * @param line the line it begins at, from 1
 * @param reason what is wrong with it
 */
public record BadRecord(String file, long line, String reason) {}
