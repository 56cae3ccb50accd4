package io.slipway.model.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.model.InvalidInputException;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.key.KeyVectors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionerTest {

    private static final KeyCodec STRINGS = KeyCodec.of(Schema.create(Schema.Type.STRING));
    private static final KeyCodec ROUTES = KeyCodec.of(SchemaBuilder.record("Route")
            .fields()
            .requiredString("origin")
            .requiredString("destination")
            .endRecord());

    static Stream<JsonNode> keys() {
        return KeyVectors.list("keys");
    }

    static Stream<JsonNode> hashes() {
        return KeyVectors.list("murmur2");
    }

    /** The values of Kafka's own UtilsTest. */
    @ParameterizedTest
    @CsvSource({
        "21, -973932308",
        "foobar, -790332482",
        "a-little-bit-long-string, -985981536",
        "a-little-bit-longer-string, -1486304829",
        "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8, -58897971",
        "abc, 479470107"
    })
    void theHashIsThatOfKafka(String text, int expected) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(Partitioner.murmur2(bytes, 0, bytes.length)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("hashes")
    void theHashIsThatOfItsVector(JsonNode vector) {
        byte[] bytes = KeyVectors.hex(vector, "bytes");

        assertThat(Partitioner.murmur2(bytes, 0, bytes.length))
                .isEqualTo(vector.get("hash").intValue());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aKeyIsInThePartitionOfItsVector(JsonNode vector) {
        Partitioner partitioner = new Partitioner(
                vector.get("partitions").intValue(),
                vector.get("routingFields").intValue(),
                KeyCodec.of(KeyVectors.schema(vector.get("schema"))));

        assertThat(partitioner.partition(KeyVectors.hex(vector, "encoded")))
                .isEqualTo(vector.get("partition").intValue());
    }

    @Test
    void aKeyInTheMiddleOfAnArrayIsInItsPartition() {
        Partitioner partitioner = new Partitioner(1000, 0, STRINGS);
        byte[] around = "xxfoobarxxx".getBytes(StandardCharsets.UTF_8);

        assertThat(partitioner.partition(around, 2, 6)).isEqualTo((-790332482 & 0x7fffffff) % 1000);
    }

    @Test
    void keysOfTheSameRoutingFieldsShareAPartition() {
        Partitioner byOrigin = new Partitioner(64, 1, ROUTES);
        Partitioner byRoute = new Partitioner(64, 0, ROUTES);
        List<byte[]> keys = Stream.of("JFK", "SIN", "GRU", "MUC", "")
                .map(to -> ROUTES.encode(List.of("FRA", to)))
                .toList();

        assertThat(keys.stream().map(byOrigin::partition).distinct()).hasSize(1);
        assertThat(keys.stream().map(byRoute::partition).distinct()).hasSizeGreaterThan(1);
    }

    @Test
    void routingByAllFieldsIsRoutingByTheWholeKey() {
        byte[] key = ROUTES.encode(List.of("FRA", "JFK"));

        assertThat(new Partitioner(977, 2, ROUTES).partition(key))
                .isEqualTo(new Partitioner(977, 0, ROUTES).partition(key));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1025, 0", "-1, 0", "8, 3", "8, -1"})
    void numbersOutOfRangeAreRefused(int partitions, int routingFields) {
        assertThatThrownBy(() -> new Partitioner(partitions, routingFields, ROUTES))
                .isInstanceOf(InvalidInputException.class);
    }
}
