package io.slipway.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.InvalidInputException;
import io.slipway.model.value.SchemaCompatibility.Mode;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaCompatibilityTest {

    private static final Schema BASE = record("{\"name\": \"a\", \"type\": \"int\"}");
    private static final Schema ONE_MORE =
            record("{\"name\": \"a\", \"type\": \"int\"}, {\"name\": \"b\", \"type\": \"int\"}");
    private static final Schema ONE_MORE_WITH_DEFAULT =
            record("{\"name\": \"a\", \"type\": \"int\"}, {\"name\": \"b\", \"type\": \"int\", \"default\": 0}");
    private static final Schema WIDER = record("{\"name\": \"a\", \"type\": \"long\"}");

    @ParameterizedTest
    @EnumSource
    void theSameSchemaMayFollowInEveryMode(Mode mode) {
        assertThatCode(() -> SchemaCompatibility.check(mode, BASE, BASE)).doesNotThrowAnyException();
    }

    @Test
    void forwardTakesWhatCurrentReadersCanRead() {
        assertThatCode(() -> SchemaCompatibility.check(Mode.FORWARD, BASE, ONE_MORE))
                .doesNotThrowAnyException();
        assertThatCode(() -> SchemaCompatibility.check(Mode.FORWARD, WIDER, BASE))
                .doesNotThrowAnyException();
        assertThatCode(() -> SchemaCompatibility.check(Mode.FORWARD, ONE_MORE_WITH_DEFAULT, BASE))
                .doesNotThrowAnyException();
    }

    @Test
    void forwardRefusesWhatTheyCannotNamingTheField() {
        assertThatThrownBy(() -> SchemaCompatibility.check(Mode.FORWARD, ONE_MORE, BASE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Readers of the current value schema")
                .hasMessageContaining("'b'");
        assertThatThrownBy(() -> SchemaCompatibility.check(Mode.FORWARD, BASE, WIDER))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("field 'a'")
                .hasMessageContaining("LONG")
                .hasMessageContaining("compatibility");
    }

    @Test
    void fullAlsoAsksThatNewReadersCanReadTheCurrentVersion() {
        assertThatCode(() -> SchemaCompatibility.check(Mode.FULL, BASE, ONE_MORE_WITH_DEFAULT))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> SchemaCompatibility.check(Mode.FULL, BASE, ONE_MORE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Readers of the new value schema")
                .hasMessageContaining("'b'");
    }

    @Test
    void noneTakesAnything() {
        assertThatCode(() -> SchemaCompatibility.check(Mode.NONE, BASE, Schema.create(Schema.Type.STRING)))
                .doesNotThrowAnyException();
    }

    @Test
    void theFieldIsNamedHoweverDeepItIs() {
        String stop = "{\"type\": \"record\", \"name\": \"Stop\", \"fields\": [{\"name\": \"m\", \"type\": \"%s\"}]}";
        String stops = "{\"name\": \"stops\", \"type\": [\"null\", {\"type\": \"array\", \"items\": %s}]}";
        Schema current = record(stops.formatted(stop.formatted("int")));
        Schema next = record(stops.formatted(stop.formatted("string")));

        assertThatThrownBy(() -> SchemaCompatibility.check(Mode.FORWARD, current, next))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("field 'stops");
    }

    @Test
    void valuesThatAreNotRecordsAreComparedAsWell() {
        assertThatThrownBy(() -> SchemaCompatibility.check(
                        Mode.FORWARD, Schema.create(Schema.Type.INT), Schema.create(Schema.Type.STRING)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the value");
    }

    @Test
    void modesAreReadByTheirLabels() {
        for (Mode mode : Mode.values()) {
            assertThat(Mode.of(mode.label())).isEqualTo(mode);
        }
        assertThatThrownBy(() -> Mode.of("backward"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("forward");
    }

    private static Schema record(String fields) {
        return new Schema.Parser().parse("{\"type\": \"record\", \"name\": \"R\", \"fields\": [" + fields + "]}");
    }
}
