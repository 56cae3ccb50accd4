package io.slipway.batch.plan;

import io.slipway.batch.Source;
import java.util.List;

/**
 * Reads a source.
 *
 * @param source the source
 */
public record Read(Source<?> source) implements Node {

    @Override
    public List<Node> inputs() {
        return List.of();
    }

    @Override
    public String label() {
        return "read " + source.label();
    }
}
