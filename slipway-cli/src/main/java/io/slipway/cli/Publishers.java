package io.slipway.cli;

import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.model.publish.Route;
import io.slipway.model.publish.VersionPublisher;
import io.slipway.model.repository.Repository;
import io.slipway.sst.SstVersionPublisher;
import java.util.UUID;

/** The publishers of commands that run jobs. */
final class Publishers {

    private Publishers() {}

    /** A publisher into a repository. */
    static VersionPublisher into(OpenRepository opened) {
        return of(opened.repository(), opened);
    }

    /** A publisher that counts what would be published into a repository, which it leaves as it is. */
    static VersionPublisher counting(OpenRepository opened) {
        Repository unchanged = new Repository(
                new DryRunStorage(opened.storage()),
                OpenRepository.clock(),
                () -> UUID.randomUUID().toString(),
                Operator.name());
        return new DryRunPublisher(of(unchanged, opened), Route.SST);
    }

    private static VersionPublisher of(Repository repository, OpenRepository opened) {
        return new SstVersionPublisher(
                repository, opened.catalog(), OpenRepository.clock(), EngineOptions.engineName());
    }
}
