package io.slipway.cli;

import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.model.DatasetName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slipway drop}: takes a whole dataset away. */
@Command(
        name = "drop",
        description = {
            "Retires all versions of a dataset, the current one too: readers get nothing of it any more, and its files"
                    + " are deleted.",
            "Its settings stay, and numbers go on if it is published again."
        })
final class DropCommand implements Callable<Integer> {

    @Mixin
    private DeploymentOption deployment;

    @Parameters(paramLabel = "DATASET", converter = DatasetNameConverter.class, description = "The dataset.")
    private DatasetName dataset;

    @Option(
            names = "--confirm",
            required = true,
            paramLabel = "DATASET",
            description = "The dataset's name once more: there is no way back.")
    private String confirm;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why, for the catalog.")
    private String reason;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!confirm.equals(dataset.value())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--confirm is '" + confirm + "', and the dataset is " + dataset + ". Nothing was dropped.");
        }
        int retired =
                deployment.server().isPresent() ? deployment.server().get().drop(dataset, reason) : dropInCatalog();
        spec.commandLine().getOut().println("Dropped " + dataset + ": " + retired + " versions are retired.");
        return Failures.DONE;
    }

    private int dropInCatalog() {
        try (OpenRepository opened = deployment.open()) {
            return opened.removal().drop(dataset, Operator.name(), reason).size();
        }
    }
}
