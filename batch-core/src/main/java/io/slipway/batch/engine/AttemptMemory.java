package io.slipway.batch.engine;

/**
 * How a task's share of the memory is spread.
 *
 * @param mergeBytes for reading what was shuffled
 * @param exitBytes for each exit that sorts
 */
record AttemptMemory(long mergeBytes, long exitBytes) {

    /** Merging takes a third where there is sorting as well. */
    static AttemptMemory of(long shareBytes, boolean merges, long sortingExits) {
        if (sortingExits == 0) {
            return new AttemptMemory(shareBytes, 0);
        }
        long merge = merges ? shareBytes / 3 : 0;
        return new AttemptMemory(merge, (shareBytes - merge) / sortingExits);
    }
}
