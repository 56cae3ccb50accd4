package io.slipway.cli;

import io.slipway.serving.NodeSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slipway serve}: node and controller in one process. */
@Command(
        name = "serve",
        description = {
            "Serves the repository's datasets over HTTP, and swaps in what is published: node and controller in one"
                    + " process.",
            "Runs until it is stopped. Restarted without the repository, it serves what it last served."
        })
final class ServeCommand implements Callable<Integer> {

    @Mixin
    private RepositoryOption repository;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "slipway-data",
            description = "Where the node keeps its copies; outside the repository. Default: ./${DEFAULT-VALUE}")
    private Path data;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port that readers use; 0 for any that is free. Default: 8080")
    private Integer port;

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            description = "The port for health, metrics and administration, on the loopback address unless configured"
                    + " otherwise; 0 for any that is free. Default: 8081")
    private Integer adminPort;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A file with more settings, a line name=value each; docs/reference.md lists them.")
    private Path config;

    @Mixin
    private KafkaOptions kafka;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        boolean isNew = !Files.isDirectory(repository.folder());
        NodeSettings settings = settings();
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        try (AllInOne process = AllInOne.start(repository.folder(), settings)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> await(stop, stopped)));
            say("Serving " + repository.folder() + " at " + process.readsUri());
            say("Administration at " + process.adminUri()
                    + (settings.security().tokens().isPresent() ? " (for those with a token)" : ""));
            settings.kafka().ifPresent(cluster -> say("Versions over Kafka from " + cluster.servers()));
            settings.security()
                    .warnings(settings.bindAddress(), settings.adminBindAddress())
                    .forEach(warning -> say("Warning: " + warning));
            if (isNew) {
                say("There is no repository " + repository.folder() + " now: serving what was served last, if anything,"
                        + " until something is published there.");
            }
            stop.await();
        } finally {
            stopped.countDown();
        }
        return Failures.DONE;
    }

    private NodeSettings settings() {
        NodeSettings defaults = NodeSettings.of(data);
        NodeSettings configured = config == null ? defaults : ServeSetting.applyFile(config, defaults);
        NodeSettings reached =
                kafka.settings(spec.commandLine()).map(configured::withKafka).orElse(configured);
        return reached.withPorts(
                port == null ? reached.port() : port, adminPort == null ? reached.adminPort() : adminPort);
    }

    /** Runs when the process is told to end: has the command close everything, and waits for that. */
    private static void await(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
    }
}
