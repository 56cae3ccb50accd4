package io.slipway.model.canary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.slipway.model.InvalidInputException;
import io.slipway.model.canary.Expectation.Compares;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads one canary of a text, as {@link CanaryText} describes it. Used once. */
final class CanaryParser {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String NOT_OF_A_WORD = ":;=!<>\"[]";
    private static final int MOST_SHOWN = 60;

    private final String text;
    private final int from;
    private final int end;
    private int at;

    /** A parser of the canary from one place of a text up to another. */
    CanaryParser(String text, int from, int end) {
        this.text = text;
        this.from = from;
        this.end = end;
        this.at = from;
    }

    Canary parse() {
        CanaryKey key = key();
        return new Canary(text.substring(from, end).strip(), key, expectation());
    }

    private CanaryKey key() {
        skipSpace();
        int begin = at;
        if (text.charAt(at) == '"') {
            at = CanaryText.endOfQuotes(text, at, end);
            return new CanaryKey(json(begin, at, "a key in double quotes"));
        }
        if (text.charAt(at) == '[') {
            at = endOfArray();
            return new CanaryKey(json(begin, at, "a JSON array of the key's fields"));
        }
        String word = word();
        if (word.isEmpty()) {
            throw wrong(begin, "a key is expected", "Write it in double quotes if it has one of " + NOT_OF_A_WORD);
        }
        return new CanaryKey(JsonNodeFactory.instance.textNode(word));
    }

    private Expectation expectation() {
        skipSpace();
        String rest = text.substring(at, end).strip();
        if (rest.equals("exists")) {
            return new Expectation.Exists();
        }
        if (rest.equals("absent")) {
            return new Expectation.Absent();
        }
        List<String> path = path();
        skipSpace();
        Optional<Relation> relation = relation();
        if (relation.isPresent()) {
            return new Compares(path, relation.get(), literal(relation.get()));
        }
        return new Compares(path, nullness(), JsonNodeFactory.instance.nullNode());
    }

    private List<String> path() {
        if (at == end || text.charAt(at) != ':') {
            return List.of();
        }
        at++;
        skipSpace();
        int begin = at;
        List<String> names = Arrays.asList(word().split("\\.", -1));
        if (names.contains("")) {
            throw wrong(
                    begin,
                    "the name of a field is expected",
                    "Write one, or several with dots (address.city); leave the colon out to mean the whole value");
        }
        return names;
    }

    /** The longest relation that the rest begins with. */
    private Optional<Relation> relation() {
        Optional<Relation> relation = Arrays.stream(Relation.values())
                .filter(one -> text.startsWith(one.symbol(), at))
                .max(Comparator.comparingInt(one -> one.symbol().length()));
        relation.ifPresent(found -> at += found.symbol().length());
        return relation;
    }

    /** {@code is null} or {@code is not null}. */
    private Relation nullness() {
        return switch (text.substring(at, end).strip().replaceAll("\\s+", " ")) {
            case "is null" -> Relation.EQUAL;
            case "is not null" -> Relation.NOT_EQUAL;
            default ->
                throw wrong(
                        at,
                        "what is expected of the key has to be said",
                        "Write exists, absent, or a comparison: = != < <= > >= with a value, is null, is not null");
        };
    }

    private JsonNode literal(Relation relation) {
        skipSpace();
        int begin = at;
        JsonNode literal = json(begin, end, "a value in JSON");
        if (relation.isOfOrder() && !literal.isNumber() && !literal.isTextual()) {
            throw wrong(
                    begin,
                    "a number or a text has to follow " + relation.symbol(),
                    "Write one, or use = or != for any other value");
        }
        return literal;
    }

    private JsonNode json(int begin, int limit, String expected) {
        try {
            JsonNode json = JSON.readTree(text.substring(begin, limit));
            if (json == null || json.isMissingNode()) {
                throw wrong(begin, expected + " is expected", "Write one");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw wrong(begin, expected + " is expected", "Put text in double quotes");
        }
    }

    private int endOfArray() {
        int depth = 0;
        int place = at;
        while (place < end) {
            char c = text.charAt(place);
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            place = c == '"' ? CanaryText.endOfQuotes(text, place, end) : place + 1;
            if (depth == 0) {
                return place;
            }
        }
        return end;
    }

    private String word() {
        int begin = at;
        while (at < end && !isSpace(text.charAt(at)) && NOT_OF_A_WORD.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(begin, at);
    }

    private void skipSpace() {
        while (at < end && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c);
    }

    private InvalidInputException wrong(int place, String problem, String remedy) {
        String there = text.substring(place, end).strip();
        return new InvalidInputException(
                "In the canary '" + shown(text.substring(from, end).strip())
                        + "', at character " + (place + 1) + ", " + problem + ", and there is "
                        + (there.isEmpty() ? "nothing" : "'" + shown(there) + "'") + ". " + remedy + ".");
    }

    private static String shown(String words) {
        return words.length() <= MOST_SHOWN ? words : words.substring(0, MOST_SHOWN) + "…";
    }
}
