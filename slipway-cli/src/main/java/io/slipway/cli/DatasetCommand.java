package io.slipway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.model.DatasetName;
import io.slipway.model.catalog.DatasetSettings;
import io.slipway.model.catalog.Setting;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slipway dataset}: the settings of a dataset. */
@Command(
        name = "dataset",
        description = "Shows or changes the settings of a dataset.",
        subcommands = {DatasetCommand.Show.class, DatasetCommand.Set.class})
final class DatasetCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say `show` or `set`.");
    }

    /** {@code slipway dataset show}. */
    @Command(name = "show", description = "Shows the settings of a dataset.")
    static final class Show implements Callable<Integer> {

        @Mixin
        private RepositoryOption repository;

        @Parameters(paramLabel = "DATASET", converter = DatasetNameConverter.class, description = "The dataset.")
        private DatasetName dataset;

        @Option(names = "--json", description = "Print one JSON document.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (OpenRepository opened = repository.open()) {
                print(
                        spec.commandLine(),
                        opened.catalog().latest().datasetOrEmpty(dataset).settings(),
                        json);
                return Failures.DONE;
            }
        }
    }

    /** {@code slipway dataset set}. */
    @Command(name = "set", description = "Changes settings of a dataset, which need not have a version yet.")
    static final class Set implements Callable<Integer> {

        @Mixin
        private RepositoryOption repository;

        @Parameters(
                index = "0",
                paramLabel = "DATASET",
                converter = DatasetNameConverter.class,
                description = "The dataset.")
        private DatasetName dataset;

        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "NAME=VALUE",
                description = "The settings; `slipway dataset show` lists the names.")
        private Map<String, String> values;

        @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why, for the catalog.")
        private String reason;

        @Option(names = "--json", description = "Print one JSON document.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (OpenRepository opened = repository.openOrCreate()) {
                print(spec.commandLine(), opened.operations().set(dataset, values, Operator.name(), reason), json);
                return Failures.DONE;
            }
        }
    }

    private static void print(CommandLine command, DatasetSettings settings, boolean json) {
        if (json) {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            Setting.all().forEach(setting -> document.put(setting.name(), settings.text(setting)));
            JsonOutput.print(command.getOut(), document);
            return;
        }
        TextTable table = new TextTable("lll", "SETTING", "VALUE", "");
        for (Setting<?> setting : Setting.all()) {
            boolean isDefault = !settings.texts().containsKey(setting.name());
            table.add(setting.name(), settings.text(setting), isDefault ? "(default)" : "");
        }
        table.print(command.getOut());
    }
}
