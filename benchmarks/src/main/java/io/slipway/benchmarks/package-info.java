/**
 * The programs behind the scripts of this folder: makers of inputs and jobs under measurement. Each is run by one script,
 * which says what it shows; nothing else uses them. Inputs come from a fixed seed.
 */
package io.slipway.benchmarks;
