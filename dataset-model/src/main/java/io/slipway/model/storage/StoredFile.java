package io.slipway.model.storage;

import java.time.Instant;

/**
 * A file in a storage.
 *
 * @param name its name within its folder
 * @param bytes its size
 * @param created when it was created, by the storage's clock
 */
public record StoredFile(String name, long bytes, Instant created) {}
