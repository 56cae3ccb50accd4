/**
 * What the scripts measure in Spark: each program does the same work as the program of the parent folder that it is
 * compared with, twice in one session of two threads.
 */
package io.slipway.benchmarks.spark;
