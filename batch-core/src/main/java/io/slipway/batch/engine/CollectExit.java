package io.slipway.batch.engine;

import io.slipway.batch.Collected;
import io.slipway.batch.KeyValue;
import io.slipway.batch.plan.CollectOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Leads to the caller of the job, in memory. */
final class CollectExit implements Exit {

    private final CollectOutput output;
    private final Map<TaskId, List<Object>> recordsByTask = new ConcurrentSkipListMap<>();

    CollectExit(CollectOutput output) {
        this.output = output;
    }

    /** What the caller asks with. */
    Collected<?> handle() {
        return output.handle();
    }

    /** All records, in the order of the tasks. */
    List<Object> records() {
        return recordsByTask.values().stream().flatMap(List::stream).toList();
    }

    void complete(TaskId task, List<Object> records) {
        recordsByTask.put(task, records);
    }

    @Override
    public boolean sorts() {
        return false;
    }

    @Override
    public ExitAttempt open(Attempt attempt) {
        List<Object> records = new ArrayList<>();
        return new ExitAttempt() {
            @Override
            public void receive(Object key, Object value) {
                records.add(output.form() == CollectOutput.Form.PAIRS ? new KeyValue<>(key, value) : value);
            }

            @Override
            public void finish() {
                attempt.recordsOut(records.size());
                attempt.made(new Product.Gathered(CollectExit.this, records));
            }

            @Override
            public void close() {
                // Records of a failed attempt are garbage.
            }
        };
    }
}
