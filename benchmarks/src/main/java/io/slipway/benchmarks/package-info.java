/**
 * The programs behind the scripts of this folder: makers of inputs and jobs under measurement. They are run by the
 * scripts, which say what is shown; nothing else uses them. Inputs come from a fixed seed.
 */
package io.slipway.benchmarks;
