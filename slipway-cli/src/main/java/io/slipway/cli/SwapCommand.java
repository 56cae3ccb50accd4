package io.slipway.cli;

import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.controller.Operations.SwapOutcome;
import io.slipway.model.DatasetName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slipway swap}: makes a version the one that everybody reads. */
@Command(
        name = "swap",
        description = "Makes a version the one that everybody reads: at once if it is staged, else when it is.")
final class SwapCommand implements Callable<Integer> {

    @Mixin
    private DeploymentOption deployment;

    @Parameters(
            index = "0",
            paramLabel = "DATASET",
            converter = DatasetNameConverter.class,
            description = "The dataset.")
    private DatasetName dataset;

    @Parameters(index = "1", paramLabel = "VERSION", description = "The version's number.")
    private long version;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why, for the catalog.")
    private String reason;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        SwapOutcome outcome = deployment.server().isPresent()
                ? deployment.server().get().swap(dataset, version, reason)
                : swapInCatalog();
        spec.commandLine()
                .getOut()
                .println(
                        outcome == SwapOutcome.SWAPPED
                                ? "Version " + version + " of " + dataset + " is current."
                                : "Version " + version + " of " + dataset
                                        + " will be current as soon as it is staged and has passed its gates.");
        return Failures.DONE;
    }

    private SwapOutcome swapInCatalog() {
        try (OpenRepository opened = deployment.open()) {
            return opened.operations().swap(dataset, version, Operator.name(), reason);
        }
    }
}
