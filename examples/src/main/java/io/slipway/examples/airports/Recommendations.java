package io.slipway.examples.airports;

import java.util.List;

/**
 * Where to fly from an airport: the value of the dataset {@code airport-recommendations}. A record around the list,
 * so that a later version can have more fields and today's readers still read it.
 *
 * @param destinations at most ten, the best first
 */
public record Recommendations(List<Destination> destinations) {

    static Recommendations of(List<Suggestion> suggestions) {
        return new Recommendations(suggestions.stream().map(Suggestion::place).toList());
    }
}
