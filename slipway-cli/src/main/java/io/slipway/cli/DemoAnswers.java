package io.slipway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.examples.delays.RouteDelays;
import java.util.List;
import java.util.Map;

/**
 * What each version has to answer, which was computed without publishing anything. Immutable and thread-safe.
 *
 * @param first the delays by route that version 1 has
 * @param second those that version 2 has
 */
record DemoAnswers(Map<String, RouteDelays> first, Map<String, RouteDelays> second) {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** What a value shows about the version that it came from. */
    enum Verdict {
        /** It is what that version has. */
        RIGHT,
        /** It is what the other version has. */
        OF_ANOTHER_VERSION,
        /** It is what no version has. */
        WRONG
    }

    /** The first routes, by name, that both versions have with different answers: an answer tells its version. */
    List<String> telling(int most) {
        return first.keySet().stream()
                .filter(route -> second.containsKey(route) && !second.get(route).equals(first.get(route)))
                .sorted()
                .limit(most)
                .toList();
    }

    /** Compares a value with what a version has for a route. */
    Verdict check(long version, String route, JsonNode value) {
        RouteDelays found;
        try {
            found = MAPPER.treeToValue(value, RouteDelays.class);
        } catch (JsonProcessingException e) {
            return Verdict.WRONG;
        }
        if (found == null) {
            return Verdict.WRONG; // JSON's null, or nothing at all.
        }
        if (found.equals(of(version).get(route))) {
            return Verdict.RIGHT;
        }
        return found.equals(first.get(route)) || found.equals(second.get(route))
                ? Verdict.OF_ANOTHER_VERSION
                : Verdict.WRONG;
    }

    private Map<String, RouteDelays> of(long version) {
        if (version == 1) {
            return first;
        }
        return version == 2 ? second : Map.of();
    }
}
