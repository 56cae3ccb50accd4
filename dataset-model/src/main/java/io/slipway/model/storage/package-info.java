/**
 * The storage port: the four primitives that a repository needs (create if absent, read, list, delete), which local
 * disks, HDFS and object stores all have, and their local-folder implementation.
 *
 * <p>A further kind of storage implements {@link io.slipway.model.storage.RepositoryStorage} and passes the testkit's
 * {@code RepositoryStorageContract}.
 */
package io.slipway.model.storage;
