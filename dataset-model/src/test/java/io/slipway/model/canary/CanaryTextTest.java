package io.slipway.model.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.InvalidInputException;
import io.slipway.model.canary.Expectation.Compares;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryTextTest {

    @Test
    void whatAnOperatorWritesIsRead() {
        List<Canary> canaries = CanaryText.parse(
                "LAX: name = \"Los Angeles; \\\"International\\\"\"; JFK exists;XXX absent ; SFO: latitude > 37;");

        assertThat(canaries)
                .extracting(Canary::text)
                .containsExactly(
                        "LAX: name = \"Los Angeles; \\\"International\\\"\"",
                        "JFK exists",
                        "XXX absent",
                        "SFO: latitude > 37");
        assertThat(compares(canaries.get(0)).literal().textValue()).isEqualTo("Los Angeles; \"International\"");
        assertThat(compares(canaries.get(0)).path()).containsExactly("name");
        assertThat(canaries.get(1).expectation()).isEqualTo(new Expectation.Exists());
        assertThat(canaries.get(2).expectation()).isEqualTo(new Expectation.Absent());
        assertThat(canaries.get(3).key().json().textValue()).isEqualTo("SFO");
        assertThat(compares(canaries.get(3)).relation()).isEqualTo(Relation.GREATER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a:b=1|EQUAL|1",
                "a: b != true|NOT_EQUAL|true",
                "a: b<1|LESS|1",
                "a: b <= 1.5|AT_MOST|1.5",
                "a: b > -2|GREATER|-2",
                "a: b>=\"x\"|AT_LEAST|\"x\"",
                "a: b is null|EQUAL|null",
                "a: b is  not null|NOT_EQUAL|null",
                "a: b = null|EQUAL|null",
                "a: b = [1,2]|EQUAL|[1,2]",
            })
    void everyRelationIsRead(String text, Relation relation, String literal) {
        Compares compares = compares(only(text));
        assertThat(compares.path()).containsExactly("b");
        assertThat(compares.relation()).isEqualTo(relation);
        assertThat(compares.literal()).hasToString(literal);
    }

    @Test
    void theWholeValueIsMeantWithoutAPath() {
        Compares compares = compares(only("LAX = {\"name\": \"x; y\", \"n\": 1}"));
        assertThat(compares.path()).isEmpty();
        assertThat(compares.literal()).hasToString("{\"name\":\"x; y\",\"n\":1}");
        assertThat(compares(only("7 > 3")).path()).isEmpty();
        assertThat(compares(only("7 is null")).path()).isEmpty();
    }

    @Test
    void keysAreWordsTextOrArrays() {
        assertThat(only("-7.5 exists").key().json().textValue()).isEqualTo("-7.5");
        assertThat(only("a/b?c exists").key().json().textValue()).isEqualTo("a/b?c");
        assertThat(only("\"a: b\\u0041\" exists").key().json().textValue()).isEqualTo("a: bA");
        assertThat(only("[\"LAX\", 4, \"];\"]: n = 1").key().json()).hasToString("[\"LAX\",4,\"];\"]");
        assertThat(compares(only("k: a.b-c.d = 1")).path()).containsExactly("a", "b-c", "d");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LAX|at character 4, what is expected of the key has to be said, and there is nothing",
                "LAX is here|at character 5, what is expected",
                "A exists; B: |at character 13, the name of a field is expected, and there is nothing",
                "A: = 1|at character 4, the name of a field is expected, and there is '= 1'",
                "A: b..c = 1|at character 4, the name of a field",
                "A: b =|at character 7, a value in JSON is expected, and there is nothing",
                "A: b = US|at character 8, a value in JSON is expected, and there is 'US'. Put text in double quotes",
                "A: b = 1 2|at character 8, a value in JSON",
                "A: b = 007|at character 8, a value in JSON",
                "A: b > true|at character 8, a number or a text has to follow >, and there is 'true'",
                "A: b <= null|at character 9, a number or a text",
                "A: b ~ 1|at character 6, what is expected of the key",
                ": b = 1|at character 1, a key is expected, and there is ': b = 1'",
                "\"A exists|at character 1, a key in double quotes is expected",
                "[\"A\", 1: b = 1|at character 1, a JSON array of the key's fields",
                "[A, 1]: b = 1|at character 1, a JSON array of the key's fields",
                "A: b = \"x; B exists|at character 8, a value in JSON",
            })
    void whatIsNoCanaryIsRefusedWithThePlace(String text, String problem) {
        assertThatThrownBy(() -> CanaryText.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("In the canary '")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ";", " ; ;"})
    void noCanaryAtAllIsRefused(String text) {
        assertThatThrownBy(() -> CanaryText.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("There is no canary");
    }

    @Test
    void moreThanACatalogShouldCarryIsRefused() {
        assertThat(CanaryText.parse("a exists;".repeat(CanaryText.MOST_CANARIES)))
                .hasSize(CanaryText.MOST_CANARIES);
        assertThatThrownBy(() -> CanaryText.parse("a exists;".repeat(CanaryText.MOST_CANARIES + 1)))
                .hasMessageContaining("101 canaries are too many");
        assertThatThrownBy(() -> CanaryText.parse("x".repeat(CanaryText.MOST_CHARACTERS + 1)))
                .hasMessageContaining("10001 characters");
    }

    private static Canary only(String text) {
        List<Canary> canaries = CanaryText.parse(text);
        assertThat(canaries).hasSize(1);
        return canaries.get(0);
    }

    private static Compares compares(Canary canary) {
        return (Compares) canary.expectation();
    }
}
