package io.slipway.batch.engine;

import io.slipway.batch.Source;
import io.slipway.batch.VersionSource;
import io.slipway.batch.plan.Node;
import io.slipway.batch.plan.Read;
import io.slipway.model.InvalidInputException;
import io.slipway.model.publish.InputFile;
import io.slipway.model.publish.VersionReader;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sources of a run. Each version is looked up once, so that what is read is what the provenance names. Used by one
 * thread.
 */
final class RunSources {

    private final Optional<VersionReader> versions;
    private final Fingerprints fingerprints = new Fingerprints();
    private final IdentityHashMap<VersionSource<?, ?>, OpenVersion<?, ?>> opened = new IdentityHashMap<>();

    RunSources(Optional<VersionReader> versions) {
        this.versions = versions;
    }

    /**
     * What a node reads.
     *
     * @throws InvalidInputException if it is a version, and the engine does not know where versions are
     */
    Source<?> of(Read read) {
        return read.source() instanceof VersionSource<?, ?> version
                ? opened.computeIfAbsent(version, this::open)
                : read.source();
    }

    /** What a node's records come from, for the provenance. */
    List<InputFile> inputs(Node node) {
        Set<InputFile> inputs = new LinkedHashSet<>();
        add(node, inputs);
        return List.copyOf(inputs);
    }

    private void add(Node node, Set<InputFile> inputs) {
        if (node instanceof Read read) {
            if (of(read) instanceof OpenVersion<?, ?> version) {
                inputs.add(version.asInput());
            } else {
                read.source().files().forEach(file -> inputs.add(fingerprints.of(file)));
            }
        }
        node.inputs().forEach(input -> add(input, inputs));
    }

    private OpenVersion<?, ?> open(VersionSource<?, ?> source) {
        VersionReader reader = versions.orElseThrow(() -> new InvalidInputException("The job reads the "
                + source.label() + ", and its engine does not know where versions are. Give it a reader of versions."));
        return new OpenVersion<>(source, reader);
    }
}
