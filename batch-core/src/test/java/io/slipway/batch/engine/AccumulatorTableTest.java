package io.slipway.batch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccumulatorTableTest {

    private static final long BUDGET_BYTES = 8 << 20;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void itHoldsWhatAMapHoldsInTheOrderOfInsertion(long seed) {
        Random random = new Random(seed);
        AccumulatorTable table = new AccumulatorTable(BUDGET_BYTES);
        Map<String, Object> model = new LinkedHashMap<>();
        for (int i = 0; i < 200_000; i++) {
            String key = "x".repeat(random.nextInt(100) == 0 ? random.nextInt(2000) : 0) + random.nextInt(20_000);
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            int slot = table.find(bytes, bytes.length);
            assertThat(table.accumulator(slot)).as(key).isEqualTo(model.get(key));
            if (model.containsKey(key)) {
                table.set(slot, i);
            } else {
                table.insert(slot, bytes, bytes.length, i);
            }
            model.put(key, i);
            if (table.isFull()) {
                checkAndClear(table, model);
            }
        }
        checkAndClear(table, model);
    }

    @Test
    void itIsFullWhenKeysHaveTakenTheirShareOfTheMemory() {
        AccumulatorTable table = new AccumulatorTable(100_000);
        int inserted = 0;
        while (!table.isFull()) {
            byte[] key = ("k" + "x".repeat(5000) + inserted).getBytes(StandardCharsets.UTF_8);
            table.insert(table.find(key, key.length), key, key.length, inserted++);
        }
        assertThat(inserted).isEqualTo(10);
    }

    private static void checkAndClear(AccumulatorTable table, Map<String, Object> model) {
        List<String> keys = new ArrayList<>();
        List<Object> accumulators = new ArrayList<>();
        long[] bytes = {0};
        table.forEach((array, offset, length, accumulator) -> {
            keys.add(new String(array, offset, length, StandardCharsets.UTF_8));
            accumulators.add(accumulator);
            bytes[0] += length + 4;
        });
        assertThat(keys).containsExactlyElementsOf(model.keySet());
        assertThat(accumulators).containsExactlyElementsOf(model.values());
        table.clear(bytes[0]);
        assertThat(table.size()).isZero();
        model.clear();
    }
}
