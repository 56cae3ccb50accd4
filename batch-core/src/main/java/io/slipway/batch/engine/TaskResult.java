package io.slipway.batch.engine;

import java.util.List;

/**
 * What a task came to: all of it is complete, and nobody has seen it before it is delivered.
 *
 * @param task the task
 * @param counts what it counted
 * @param products what it made
 */
record TaskResult(TaskId task, TaskCounts counts, List<Product> products) {

    TaskResult {
        products = List.copyOf(products);
    }

    /** Hands everything over; in place of what an earlier attempt at the task handed over, if there was one. */
    void deliver(RunTotals totals) {
        totals.put(task, counts);
        products.forEach(product -> product.deliver(task));
    }
}
