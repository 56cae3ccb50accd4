package io.slipway.cli;

import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.model.DatasetName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What an operator says about one version; each command is a class in here. */
abstract class VersionChangeCommand implements Callable<Integer> {

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

    @Spec
    private CommandSpec spec;

    /** Why, for the catalog. */
    abstract String reason();

    /** Changes the catalog. */
    abstract void change(OpenRepository opened, DatasetName dataset, long version, String who);

    /** What came of it, as the end of a sentence that begins with the version. */
    abstract String outcome();

    @Override
    public final Integer call() {
        if (deployment.server().isPresent()) {
            deployment.server().get().change(dataset, version, spec.name(), reason());
        } else {
            try (OpenRepository opened = deployment.open()) {
                change(opened, dataset, version, Operator.name());
            }
        }
        spec.commandLine().getOut().println("Version " + version + " of " + dataset + " " + outcome());
        return Failures.DONE;
    }

    /** {@code slipway approve}. */
    @Command(
            name = "approve",
            description = {
                "Lets a version through that a gate holds: it is staged and swapped in as if it had passed.",
                "After a rollback, also ends the hold on the dataset, for this version and those after it."
            })
    static final class Approve extends WithReason {

        @Override
        void change(OpenRepository opened, DatasetName dataset, long version, String who) {
            opened.approvals().approve(dataset, version, who, reason());
        }

        @Override
        String outcome() {
            return "is approved.";
        }
    }

    /** {@code slipway reject}. */
    @Command(name = "reject", description = "Refuses a version that a gate holds, for ever.")
    static final class Reject extends WithReason {

        @Override
        void change(OpenRepository opened, DatasetName dataset, long version, String who) {
            opened.approvals().reject(dataset, version, who, reason());
        }

        @Override
        String outcome() {
            return "is rejected.";
        }
    }

    /** Commands whose reason has to be given. */
    abstract static class WithReason extends VersionChangeCommand {

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the catalog.")
        private String reason;

        @Override
        final String reason() {
            return reason;
        }
    }

    /** Commands whose reason need not be given. */
    abstract static class WithOptionalReason extends VersionChangeCommand {

        @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why, for the catalog.")
        private String reason;

        @Override
        final String reason() {
            return reason;
        }
    }

    /** {@code slipway pin}. */
    @Command(name = "pin", description = "Protects a version from being retired, until it is unpinned.")
    static final class Pin extends WithOptionalReason {

        @Override
        void change(OpenRepository opened, DatasetName dataset, long version, String who) {
            opened.removal().pin(dataset, version, who, reason());
        }

        @Override
        String outcome() {
            return "is pinned.";
        }
    }

    /** {@code slipway unpin}. */
    @Command(name = "unpin", description = "Ends the protection that `pin` gave a version.")
    static final class Unpin extends WithOptionalReason {

        @Override
        void change(OpenRepository opened, DatasetName dataset, long version, String who) {
            opened.removal().unpin(dataset, version, who, reason());
        }

        @Override
        String outcome() {
            return "is not pinned.";
        }
    }

    /** {@code slipway retire}. */
    @Command(
            name = "retire",
            description = {
                "Retires a version: it can never be read again, and its files are deleted.",
                "Refused for one that is current, pinned, or asked to be swapped in."
            })
    static final class Retire extends WithOptionalReason {

        @Override
        void change(OpenRepository opened, DatasetName dataset, long version, String who) {
            opened.removal().retire(dataset, version, who, reason());
        }

        @Override
        String outcome() {
            return "is retired.";
        }
    }
}
