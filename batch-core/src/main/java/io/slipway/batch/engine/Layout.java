package io.slipway.batch.engine;

/**
 * How a run's work is cut into tasks. A run that is taken up again keeps the layout that it began with, whatever the
 * settings are by then.
 *
 * @param shufflePartitions how many tasks there are after a shuffle whose partitions nobody else has chosen
 * @param splitBytes about how large the parts are that large files are cut into
 */
record Layout(int shufflePartitions, long splitBytes) {}
