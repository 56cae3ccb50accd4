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
            defaultValue = "8080",
            description = "The port that readers use; 0 for any that is free. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "The port for health, metrics and administration, on the loopback address only; 0 for any"
                    + " that is free. Default: ${DEFAULT-VALUE}")
    private int adminPort;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        boolean isNew = !Files.isDirectory(repository.folder());
        NodeSettings settings = NodeSettings.of(data).withPorts(port, adminPort);
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        try (AllInOne process = AllInOne.start(repository.folder(), settings)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> await(stop, stopped)));
            say("Serving " + repository.folder() + " at " + process.readsUri());
            say("Administration at " + process.adminUri());
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
