/**
 * A disk that fails: a folder as a process sees it through a file system of its own, {@link
 * io.slipway.testkit.disk.FaultyDisk}, of which any call can fail or kill the process, and of which a loss of power takes
 * what was not synced. Code that does its I/O through {@link java.nio.file.Path} is tested on it as it is, and a native
 * library too, since the paths are those of the folder below.
 */
package io.slipway.testkit.disk;
