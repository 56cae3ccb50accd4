package io.slipway.batch.engine;

import io.slipway.batch.Flow;
import io.slipway.batch.Job;
import io.slipway.batch.format.Records;
import io.slipway.batch.type.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Inputs that operators have to cope with, of every shape, and an engine with so little memory that all spill. */
final class OperatorInputs {

    /** A record of no meaning. */
    record Item(String key, int place, String text) {}

    /**
     * Items and where they come from, for the name of the test.
     *
     * @param name what they are like, with the seed
     * @param items the items
     */
    record Input(String name, List<Item> items) {

        @Override
        public String toString() {
            return name;
        }
    }

    static final Type<Item> ITEM = Type.of(Item.class);

    private OperatorInputs() {}

    static Stream<Input> inputs() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        return Stream.of(
                input("nothing", seed, 0, i -> "k"),
                input("one record", seed, 1, i -> "k"),
                input("one key", seed, 3000, i -> "one"),
                input("some keys", seed, 3000, i -> "k" + i % 50),
                input("distinct keys", seed, 3000, i -> "k" + i),
                input("random keys", seed, 3000, i -> key(random)));
    }

    static Flow<Item> read(Job job, List<Item> items) {
        return job.read(Records.of(items, ITEM).inParts(3));
    }

    static EmbeddedEngine engine(Path scratch) {
        return EmbeddedEngine.builder()
                .memoryBytes(64 << 10)
                .parallelism(2)
                .scratch(scratch)
                .build();
    }

    /** So many items with these keys. */
    static List<Item> items(long seed, int count, IntFunction<String> key) {
        Random random = new Random(seed);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(new Item(key.apply(i), i, "t" + random.nextInt(1000)));
        }
        return items;
    }

    private static Input input(String name, long seed, int count, IntFunction<String> key) {
        return new Input(name + ", seed " + seed, items(seed, count, key));
    }

    /** Keys of which some are beginnings of others, with the bytes that mean something in encodings. */
    private static String key(Random random) {
        StringBuilder key = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            key.append("\0\1ab\u00ff".charAt(random.nextInt(5)));
        }
        return key.toString();
    }
}
