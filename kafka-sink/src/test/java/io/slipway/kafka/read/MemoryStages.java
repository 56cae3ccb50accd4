package io.slipway.kafka.read;

import io.slipway.kafka.control.AttemptId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Stages that keep what they are given as text; those of a process that died are found again. */
final class MemoryStages implements AttemptStages {

    /** The changes of each attempt that was not dropped, by the offset of its START. */
    final Map<Long, List<String>> kept = new TreeMap<>();

    @Override
    public AttemptStage open(AttemptId id, long startOffset, Order order) {
        kept.put(startOffset, new ArrayList<>());
        return new MemoryStage(startOffset);
    }

    @Override
    public AttemptStage reopen(AttemptId id, long startOffset) {
        if (!kept.containsKey(startOffset)) {
            throw new AssertionError(id + " was not opened before");
        }
        return new MemoryStage(startOffset);
    }

    private final class MemoryStage implements AttemptStage {

        private final long startOffset;

        MemoryStage(long startOffset) {
            this.startOffset = startOffset;
        }

        @Override
        public void put(byte[] key, byte[] value) {
            add(hex(key) + "=" + hex(value));
        }

        @Override
        public void delete(byte[] key) {
            add("-" + hex(key));
        }

        @Override
        public void end() {}

        @Override
        public void drop() {
            kept.remove(startOffset);
        }

        private void add(String change) {
            kept.get(startOffset).add(change);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
