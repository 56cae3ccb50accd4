package io.slipway.model.publish;

/**
 * One input of a job, as the manifest's provenance names it.
 *
 * @param name the file's path or other name, for people
 * @param bytes its size
 * @param fingerprint a hash of its content, so that a repeated run can tell whether it reads the same
 */
public record InputFile(String name, long bytes, String fingerprint) {}
