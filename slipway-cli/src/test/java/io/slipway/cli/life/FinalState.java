package io.slipway.cli.life;

import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is left of a life, without times and without what tells how often something was tried. Two lives with the same
 * commands end in the same one.
 *
 * @param versions what the catalog says of each version
 * @param dataset what it says of the dataset
 * @param repository the files of the repository but for the catalog's and the temporary ones
 * @param data the files in the node's folder
 */
record FinalState(List<String> versions, String dataset, Set<String> repository, Set<String> data) {

    static FinalState of(Surroundings surroundings) throws IOException {
        DatasetEntry dataset = surroundings.catalog().latest().datasetOrEmpty(Life.DATASET);
        return new FinalState(
                dataset.versions().values().stream().map(FinalState::text).toList(),
                dataset.settings().texts() + " requested " + dataset.requested() + " highest "
                        + dataset.highestCurrent() + " rolled back " + dataset.rolledBack(),
                files("repository", surroundings.repositoryFolder()),
                files("node", surroundings.dataFolder()));
    }

    /** What another one has and this has not, and the reverse; empty if they are equal. */
    String differences(FinalState other) {
        return lost("", this, other) + lost("not ", other, this);
    }

    private static String lost(String not, FinalState one, FinalState other) {
        List<String> lines = new ArrayList<>(one.versions);
        lines.add(one.dataset);
        lines.addAll(one.repository);
        lines.addAll(one.data);
        lines.removeAll(other.versions);
        lines.remove(other.dataset);
        lines.removeAll(other.repository);
        lines.removeAll(other.data);
        return lines.isEmpty() ? "" : not + "there are " + lines + " ";
    }

    private static String text(VersionEntry version) {
        return version.number() + " " + version.state() + (version.bad() ? " bad " : " ") + version.delta() + " "
                + version.reason();
    }

    private static Set<String> files(String root, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            Set<String> names = new TreeSet<>();
            files.map(file -> root + "/" + folder.relativize(file))
                    .filter(name -> !name.contains("/catalog/") && !name.contains("/.tmp/"))
                    .forEach(name -> names.add(name.replaceAll("session-[0-9]+", "session")
                            .replaceAll("(part-[0-9]+)-[0-9]+-[0-9]+", "$1")
                            .replaceAll("db-[0-9]+.*", "db")));
            return names;
        }
    }
}
