package io.slipway.model.manifest;

import io.slipway.model.InvalidInputException;

/**
 * The topic that holds a version of the Kafka route ({@code spec/version-topic.md}).
 *
 * @param name its name
 * @param id the id that the cluster gave it: a topic that was deleted and created again has another
 */
public record VersionTopic(String name, String id) {

    /**
     * Checks that both are given.
     *
     * @throws InvalidInputException if one is empty
     */
    public VersionTopic {
        if (name.isEmpty() || id.isEmpty()) {
            throw new InvalidInputException(
                    "A version topic has a name and an id; given are '" + name + "' and '" + id + "'. Give both.");
        }
    }
}
