package io.slipway.cli;

import io.slipway.batch.table.TableSchemas;
import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.VersionPublisher;
import io.slipway.model.repository.Decision;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** Publishes into a repository. */
record RepositoryTarget(OpenRepository opened) implements PublishTarget {

    @Override
    public void requireRoom(InputSize input, long memoryBytes, Path scratch) {
        PublishSpace.ofThisMachine().require(input, memoryBytes, scratch, opened);
    }

    @Override
    public void requireWritable() {
        opened.storage().newTemporaryFile();
    }

    @Override
    public Optional<Manifest> ofRun(DatasetName dataset, RunId runId) {
        return opened.repository()
                .claimOf(dataset, runId)
                .flatMap(claim -> opened.repository().decision(claim.version()))
                .flatMap(decision -> decision instanceof Decision.Committed committed
                        ? Optional.of(committed.manifest())
                        : Optional.empty());
    }

    @Override
    public Optional<TableSchemas> schemas(DatasetName dataset, OptionalLong base) {
        OptionalLong number = base.isPresent() ? base : current(dataset);
        return number.isEmpty()
                ? Optional.empty()
                : Optional.of(opened.repository()
                                .committed(new VersionId(dataset, number.getAsLong()))
                                .manifest())
                        .map(manifest -> TableSchemas.current(manifest.keySchema(), manifest.valueSchema()));
    }

    @Override
    public VersionPublisher publisher() {
        return Publishers.into(opened);
    }

    @Override
    public VersionPublisher counting() {
        return Publishers.counting(opened);
    }

    @Override
    public void close() {
        opened.close();
    }

    private OptionalLong current(DatasetName dataset) {
        return opened.catalog().latest().datasetOrEmpty(dataset).current().stream()
                .mapToLong(version -> version.number())
                .findFirst();
    }
}
