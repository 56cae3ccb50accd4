package io.slipway.cli;

import io.slipway.kafka.embedded.BrokerSettings;
import io.slipway.kafka.embedded.EmbeddedBroker;
import io.slipway.model.UnavailableException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slipway broker}: a Kafka broker in this process. */
@Command(
        name = "broker",
        description = {
            "Runs a Kafka broker on the loopback address, for trying the Kafka route; not for production, where several"
                    + " brokers keep copies of everything.",
            "Runs until it is stopped. Started again on its folder, it has everything that it had."
        })
final class BrokerCommand implements Callable<Integer> {

    private static final int GREATEST_PORT = 65_535;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "The port that clients use; 0 for any that is free. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "slipway-broker",
            description = "Where the broker keeps its topics. Default: ./${DEFAULT-VALUE}")
    private Path data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > GREATEST_PORT) {
            throw new ParameterException(
                    spec.commandLine(), "--port is " + port + ". Use a port from 0 to " + GREATEST_PORT + ".");
        }
        EmbeddedBroker broker = start();
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-stop"));
        spec.commandLine()
                .getOut()
                .println("Kafka broker at " + broker.address() + ", with its topics in " + data + ".");
        spec.commandLine().getOut().flush();
        new CountDownLatch(1).await(); // Until the process is told to end.
        return Failures.DONE;
    }

    private EmbeddedBroker start() {
        try {
            return EmbeddedBroker.start(BrokerSettings.in(data).withPort(FreePort.require("--port", port)));
        } catch (IllegalStateException e) {
            throw new UnavailableException(e.getMessage(), e);
        }
    }
}
