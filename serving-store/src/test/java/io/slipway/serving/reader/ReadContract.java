package io.slipway.serving.reader;

import static io.slipway.serving.reader.ReadClient.CURRENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.slipway.model.VersionId;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.value.ValueCodec;
import io.slipway.model.value.ValueJson;
import io.slipway.serving.NodeSettings;
import io.slipway.serving.TestNode;
import io.slipway.serving.TestRepository;
import io.slipway.serving.reader.ReadClient.Batch;
import io.slipway.serving.reader.ReadClient.FailedRead;
import io.slipway.serving.reader.ReadClient.Failure;
import io.slipway.serving.reader.ReadClient.Pair;
import io.slipway.serving.reader.ReadClient.Range;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What readers can rely on, whichever way they read. */
abstract class ReadContract {

    private static final Schema ROUTE = SchemaBuilder.record("Route")
            .fields()
            .requiredString("from")
            .requiredInt("day")
            .endRecord();
    private static final Range ALL = new Range(List.of(), List.of(), List.of());

    @TempDir
    private Path temporary;

    private TestRepository repository;
    private ReadClient client;

    abstract ReadClient open(TestRepository of, NodeSettings settings);

    @BeforeEach
    void start() {
        repository = new TestRepository(temporary.resolve("repository"));
        client = open(repository, TestNode.settings(temporary.resolve("data")));
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    void aRecordIsFoundOrNot() {
        serve(repository.publish("pages", Map.of("home", "1")));

        assertThat(client.json("pages", CURRENT, "home")).hasValue("\"1\"");
        assertThat(client.get("pages", CURRENT, "home")).hasValue(new byte[] {2, '1'});
        assertThat(client.get("pages", CURRENT, "nope")).isEmpty();
    }

    @Test
    void aFailureSaysWhatItIs() {
        serve(repository.publish("pages", Map.of("home", "1")));
        repository.stage(repository.publish("waiting", Map.of("a", "b")));
        serve(repository.publishRouted("routes", ROUTE, Map.of(List.of("LAX", 7), "seven"), 2, 1));

        assertThat(failure("nope", CURRENT, "home")).isEqualTo(Failure.NO_SUCH_DATASET);
        assertThat(failure("waiting", CURRENT, "home")).isEqualTo(Failure.NO_CURRENT_VERSION);
        assertThat(failure("pages", 9, "home")).isEqualTo(Failure.VERSION_GONE);
        assertThat(failure("routes", CURRENT, List.of("LAX"))).isEqualTo(Failure.BAD_KEY);
        assertThat(failure("routes", CURRENT, List.of("LAX", "x"))).isEqualTo(Failure.BAD_KEY);
    }

    @Test
    void aBatchIsInTheOrderOfItsKeysAndFromOneVersion() {
        serve(repository.publishRouted("routes", ROUTE, Map.of(List.of("LAX", 7), "7", List.of("", -1), "-1"), 3, 0));

        Batch batch = client.batchGet(
                "routes", CURRENT, List.of(List.of("", -1), List.of("LAX", 8), List.of("LAX", 7), List.of("", -1)));

        assertThat(batch.version()).isEqualTo(1);
        assertThat(batch.found())
                .containsExactly(
                        new Pair("[\"\",-1]", "\"-1\""),
                        new Pair("[\"LAX\",7]", "\"7\""),
                        new Pair("[\"\",-1]", "\"-1\""));
        assertThat(batch.missing()).containsExactly("[\"LAX\",8]");
    }

    @Test
    void retainedVersionsAreReadByNumberUntilTheyAreGone() {
        serve(repository.publish("pages", Map.of("home", "1")));
        serve(repository.publish("pages", Map.of("home", "2")));

        assertThat(client.version("pages")).isEqualTo(2);
        assertThat(client.json("pages", 1, "home")).hasValue("\"1\"");
        assertThat(client.batchGet("pages", 1, List.of("home")).found()).containsExactly(new Pair("\"home\"", "\"1\""));
        assertThat(client.scan("pages", 1, ALL)).containsExactly(new Pair("\"home\"", "\"1\""));
        repository.force(new VersionId(new io.slipway.model.DatasetName("pages"), 1), VersionState.RETIRED);
        serve(repository.publish("pages", Map.of("home", "3")));
        assertThat(failure("pages", 1, "home")).isEqualTo(Failure.VERSION_GONE);
    }

    @Test
    void aScanIsInTheOrderOfTheKeysWhateverThePartitions() {
        Map<List<Object>, String> days = new LinkedHashMap<>();
        for (String from : List.of("SFO", "LAX", "LAXX", "", "L\u0000A")) {
            for (int day : new int[] {2, -1, 0, Integer.MIN_VALUE}) {
                days.put(List.of(from, day), from + day);
            }
        }
        serve(repository.publishRouted("whole", ROUTE, days, 4, 0));
        serve(repository.publishRouted("routed", ROUTE, days, 4, 1));
        List<Range> ranges = List.of(
                ALL,
                new Range(List.of("LAX"), List.of(), List.of()),
                new Range(List.of("LAX", 0), List.of(), List.of()),
                new Range(List.of("LAX"), List.of("LAX", -1), List.of("LAX", 2)),
                new Range(List.of(), List.of("L"), List.of("LAXX")),
                new Range(List.of(), List.of("LAX", 0), List.of()),
                new Range(List.of(), List.of("x"), List.of("a")));
        for (Range range : ranges) {
            List<Pair> expected = expected(ROUTE, days, range);
            assertThat(client.scan("whole", CURRENT, range)).as("%s", range).isEqualTo(expected);
            assertThat(client.scan("routed", CURRENT, range)).as("%s", range).isEqualTo(expected);
        }
        assertThat(expected(ROUTE, days, ranges.get(3))).hasSize(2);
    }

    private static List<Pair> expected(Schema schema, Map<?, String> records, Range range) {
        KeyCodec codec = KeyCodec.of(schema);
        SortedMap<byte[], Pair> sorted = new TreeMap<>(Arrays::compareUnsigned);
        records.forEach((key, value) -> {
            byte[] encoded = codec.encode(key);
            boolean isIn = (range.prefix().isEmpty() || startsWith(encoded, codec.encodePrefixOf(range.prefix())))
                    && (range.from().isEmpty() || Arrays.compareUnsigned(encoded, codec.encodeFirst(range.from())) >= 0)
                    && (range.to().isEmpty() || Arrays.compareUnsigned(encoded, codec.encodeFirst(range.to())) < 0);
            if (isIn) {
                sorted.put(encoded, new Pair(codec.toJson(encoded).toString(), string(value)));
            }
        });
        return new ArrayList<>(sorted.values());
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static String string(String value) {
        ValueCodec codec = ValueCodec.of(TestRepository.STRING);
        return new String(ValueJson.of(TestRepository.STRING).toJson(codec.encode(value)), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("io.slipway.serving.reader.EveryType#keyTypes")
    void keysOfEveryTypeWithAnyByteAreReadAsTheyWerePublished(EveryType.Keys keys) {
        Map<Object, Object> records = new LinkedHashMap<>();
        for (Object key : keys.keys()) {
            records.put(key, "of " + records.size());
        }
        serve(repository.publish("keys", keys.schema(), TestRepository.STRING, records, 3, UnaryOperator.identity()));

        records.forEach((key, value) ->
                assertThat(client.json("keys", CURRENT, key)).as("%s", key).hasValue("\"" + value + "\""));
        assertThat(client.batchGet("keys", CURRENT, keys.keys()).found().stream()
                        .map(Pair::value))
                .containsExactlyElementsOf(records.values().stream()
                        .map(value -> "\"" + value + "\"")
                        .toList());
        KeyCodec codec = KeyCodec.of(keys.schema());
        assertThat(client.scan("keys", CURRENT, ALL).stream().map(Pair::key))
                .containsExactlyElementsOf(keys.keys().stream()
                        .map(codec::encode)
                        .sorted(Arrays::compareUnsigned)
                        .map(key -> codec.toJson(key).toString())
                        .toList());
    }

    @Test
    void valuesOfEveryTypeAreReadAsTheyWerePublished() {
        Map<String, Object> values = EveryType.values();
        serve(repository.publish(
                "values", TestRepository.STRING, EveryType.VALUE, values, 2, UnaryOperator.identity()));
        ValueCodec codec = ValueCodec.of(EveryType.VALUE);
        ValueJson json = ValueJson.of(EveryType.VALUE);

        values.forEach((key, value) -> {
            byte[] published = codec.encode(value);
            assertThat(client.get("values", CURRENT, key))
                    .as(key)
                    .hasValueSatisfying(found -> assertThat(found).isEqualTo(published));
            assertThat(client.json("values", CURRENT, key))
                    .as(key)
                    .hasValue(new String(json.toJson(published), StandardCharsets.UTF_8));
        });
    }

    @Test
    void emptyAndLargeValuesAreReadAsTheyWerePublished() {
        readLarge(1 << 20);
    }

    @Test
    @Tag("long")
    void valuesOf16MebibytesAreReadAsTheyWerePublished() {
        readLarge((16 << 20) - 16);
    }

    private void readLarge(int length) {
        Schema bytes = Schema.create(Schema.Type.BYTES);
        byte[] large = new byte[length];
        new java.util.Random(7).nextBytes(large);
        Map<String, java.nio.ByteBuffer> values =
                Map.of("empty", java.nio.ByteBuffer.allocate(0), "large", java.nio.ByteBuffer.wrap(large));
        serve(repository.publish("large", TestRepository.STRING, bytes, values, 1, UnaryOperator.identity()));
        serve(repository.publish(
                "nothing",
                TestRepository.STRING,
                Schema.create(Schema.Type.NULL),
                new LinkedHashMap<>(java.util.Collections.singletonMap("a", null)),
                1,
                UnaryOperator.identity()));

        assertThat(client.get("large", CURRENT, "empty")).hasValue(new byte[] {0});
        byte[] value = client.get("large", CURRENT, "large").orElseThrow();
        assertThat(Arrays.equals(value, value.length - length, value.length, large, 0, length))
                .isTrue();
        assertThat(client.json("large", CURRENT, "large").orElseThrow())
                .isEqualTo("\"" + java.util.Base64.getEncoder().encodeToString(large) + "\"");
        assertThat(client.get("nothing", CURRENT, "a")).hasValue(new byte[0]);
        assertThat(client.json("nothing", CURRENT, "a")).hasValue("null");
    }

    private void serve(VersionId version) {
        repository.swap(version);
        client.awaitVersion(version.dataset().value(), version.number());
    }

    private Failure failure(String dataset, long version, Object key) {
        FailedRead get = catchThrowableOfType(FailedRead.class, () -> client.get(dataset, version, key));
        FailedRead batch =
                catchThrowableOfType(FailedRead.class, () -> client.batchGet(dataset, version, List.of(key)));
        assertThat(batch.failure()).isEqualTo(get.failure());
        return get.failure();
    }
}
