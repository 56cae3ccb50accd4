package io.slipway.cli;

import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.model.DatasetName;
import io.slipway.model.NotFoundException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Repository;
import java.util.Optional;

/** Finds versions whose records can be read, and says why one cannot. Stateless. */
final class CommittedVersions {

    private CommittedVersions() {}

    /**
     * The manifest of a committed version whose records are there.
     *
     * @throws NotFoundException if there is none, saying what became of it
     * @throws io.slipway.model.CorruptDataException if the manifest is damaged
     */
    static Manifest readable(OpenRepository opened, DatasetName dataset, long number) {
        VersionId version = new VersionId(dataset, number);
        Optional<Decision> decision = opened.repository().decision(version);
        if (decision.isEmpty()) {
            throw notThere(opened.repository(), version);
        }
        if (decision.get() instanceof Decision.Aborted aborted) {
            throw new NotFoundException(sentence(version) + " was aborted (" + aborted.reason()
                    + "), so it has no records. See `slipway versions " + dataset + "`.");
        }
        if (isRetired(opened, version)) {
            throw new NotFoundException(
                    sentence(version) + " is retired: its files are deleted. Publish it again, or see"
                            + " `slipway versions " + dataset + "` for those that are there.");
        }
        return ((Decision.Committed) decision.get()).manifest();
    }

    private static boolean isRetired(OpenRepository opened, VersionId version) {
        return opened.catalog()
                .latest()
                .datasetOrEmpty(version.dataset())
                .version(version.number())
                .filter(entry -> entry.state() == VersionState.RETIRED)
                .isPresent();
    }

    private static NotFoundException notThere(Repository repository, VersionId version) {
        String where = " in " + repository.storage().location() + ". See `slipway versions " + version.dataset() + "`.";
        return repository.claim(version).isPresent()
                ? new NotFoundException(sentence(version) + " is claimed and not committed yet" + where)
                : new NotFoundException("There is no " + version + where);
    }

    private static String sentence(VersionId version) {
        String text = version.toString();
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
