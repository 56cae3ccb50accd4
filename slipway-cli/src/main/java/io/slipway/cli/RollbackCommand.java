package io.slipway.cli;

import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.model.DatasetName;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slipway rollback}: swaps back, and holds the dataset. */
@Command(
        name = "rollback",
        description = {
            "Swaps back to a retained version, and marks the one that is left as bad.",
            "Nothing else is swapped in after that until an operator does so with `slipway swap`."
        })
final class RollbackCommand implements Callable<Integer> {

    @Mixin
    private DeploymentOption deployment;

    @Parameters(
            index = "0",
            paramLabel = "DATASET",
            converter = DatasetNameConverter.class,
            description = "The dataset.")
    private DatasetName dataset;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VERSION",
            description = "The version to go back to. Default: the last that was current and is not marked as bad.")
    private Long version;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why, for the catalog.")
    private String reason;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        OptionalLong target = version == null ? OptionalLong.empty() : OptionalLong.of(version);
        long current = deployment.server().isPresent()
                ? deployment.server().get().rollback(dataset, target, reason)
                : rollBackInCatalog(target);
        spec.commandLine().getOut().println("Version " + current + " of " + dataset + " is current.");
        return Failures.DONE;
    }

    private long rollBackInCatalog(OptionalLong target) {
        try (OpenRepository opened = deployment.open()) {
            return opened.operations().rollback(dataset, target, Operator.name(), reason);
        }
    }
}
