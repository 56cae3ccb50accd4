package io.slipway.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.model.DatasetName;
import io.slipway.model.NotFoundException;
import io.slipway.model.VersionId;
import io.slipway.model.repository.Layout;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slipway inspect}: what files of a repository say. */
@Command(
        name = "inspect",
        description = {
            "Prints what files of a repository say: claims, sessions, manifests, catalogs, and of SST files their properties and"
                    + " first records, decoded if the manifest is beside them.",
            "With --repository, the files of one version: give its dataset and number. With --topic, the control records of"
                    + " a version topic, and what the ledger says of the version; a committed one is verified.",
            "A document's checksum is compared; for all else there is `slipway verify`. Exit code 1 if anything is wrong."
        })
final class InspectCommand implements Callable<Integer> {

    @Option(
            names = "--repository",
            paramLabel = "FOLDER",
            description = "The folder of the repository, to name a version instead of files.")
    private Path repository;

    @Option(names = "--topic", paramLabel = "NAME", description = "A version topic, such as slipway.route-delays.v7.")
    private String topic;

    @Mixin
    private KafkaOptions kafka;

    @Parameters(arity = "0..*", paramLabel = "PATH", description = "The files; or DATASET VERSION.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many of the first records of each SST file to show. Default: ${DEFAULT-VALUE}")
    private int records;

    @Option(
            names = "--json",
            description = "Print one JSON document: an array with an object for each file, or the object of a topic.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Optional<KafkaSettings> cluster = kafka.settings(spec.commandLine());
        if ((topic == null) != cluster.isEmpty() || (topic == null) == targets.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "Give files, or a dataset and a version, or --topic NAME --kafka HOST:PORT.");
        }
        return cluster.isPresent() ? inspectTopic(cluster.get()) : inspectFiles();
    }

    private int inspectTopic(KafkaSettings cluster) {
        InspectedTopic inspected = InspectedTopic.of(cluster, topic);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            inspected.problem().ifPresent(problem -> inspected.content().put("problem", problem));
            JsonOutput.print(out, inspected.content());
        } else {
            inspected.print(out);
        }
        inspected.problem().ifPresent(problem -> spec.commandLine().getErr().println("slipway: " + problem));
        return inspected.problem().isEmpty() ? Failures.DONE : Failures.FAILED;
    }

    private int inspectFiles() throws IOException {
        List<Path> files = repository == null ? targets.stream().map(Path::of).toList() : filesOfVersion();
        List<Inspection> inspections =
                files.stream().map(file -> Inspection.of(file, records)).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ArrayNode document = JsonNodeFactory.instance.arrayNode();
            inspections.forEach(inspection -> document.add(inspection.json()));
            JsonOutput.print(out, document);
        } else {
            inspections.forEach(inspection -> print(inspection, out));
        }
        inspections.stream()
                .flatMap(inspection -> inspection.problem().stream())
                .forEach(problem -> spec.commandLine().getErr().println("slipway: " + problem));
        return inspections.stream().allMatch(inspection -> inspection.problem().isEmpty())
                ? Failures.DONE
                : Failures.FAILED;
    }

    private static void print(Inspection inspection, PrintWriter out) {
        out.println(inspection.file() + " (" + inspection.kind() + ")");
        new JsonText(out).print(inspection.content());
        out.println();
    }

    private List<Path> filesOfVersion() throws IOException {
        if (targets.size() != 2
                || !targets.get(1).matches("[1-9][0-9]{0,17}")
                || !DatasetName.isValid(targets.get(0))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "With --repository, give a dataset and a version's number, not " + targets + ".");
        }
        VersionId version = new VersionId(new DatasetName(targets.get(0)), Long.parseLong(targets.get(1)));
        Path folder = repository.resolve(Layout.folder(version));
        if (!Files.isDirectory(folder)) {
            throw new NotFoundException("There is no " + version + " in " + repository + ". See `slipway versions "
                    + version.dataset() + "`.");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
