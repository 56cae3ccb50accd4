package io.slipway.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.kafka.embedded.BrokerSettings;
import io.slipway.kafka.embedded.EmbeddedBroker;
import io.slipway.model.publish.Route;
import io.slipway.model.publish.VersionPublisher;
import io.slipway.model.storage.ProcessFolder;
import io.slipway.serving.NodeSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slipway demo}: everything in one process, on the flights, in a folder that is gone afterwards. */
@Command(
        name = "demo",
        description = {
            "Shows everything, embedded, on real flights: publishes a version, serves it, publishes a second one while"
                    + " readers check every reply, and rolls it back.",
            "Stays up afterwards until it is stopped, and then removes what it wrote. Exit code 1 if a reply was wrong."
        })
final class DemoCommand implements Callable<Integer> {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.slipway");

    private static final String LOOPBACK = "127.0.0.1";
    private static final int PORT = 8080;
    private static final int ADMIN_PORT = 8081;
    private static final long CLOSE_SECONDS = 20;

    @Option(names = "--once", description = "Ends after the story instead of staying up; uses any ports that are free.")
    private boolean once;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port that readers use; 0 for any that is free. Default: " + PORT)
    private Optional<Integer> port;

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            description = "The port for administration; 0 for any that is free. Default: " + ADMIN_PORT)
    private Optional<Integer> adminPort;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How long the readers read at least. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--route",
            paramLabel = "ROUTE",
            converter = LabelConverters.OfRoute.class,
            defaultValue = "sst",
            description = "How versions get from the jobs to the node: sst, or kafka, over a broker in this process."
                    + " Default: ${DEFAULT-VALUE}")
    private Route route;

    @Spec
    private CommandSpec spec;

    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public Integer call() throws IOException {
        // The story is what people should see; what the node and the controller log about it comes on top else.
        LOG.setLevel(Level.WARN);
        int reads = portOf("--port", port, PORT);
        int administration = portOf("--admin-port", adminPort, ADMIN_PORT);
        Thread story = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(story)));
        try (ProcessFolder folder = ProcessFolder.open(parent())) {
            NodeSettings settings = NodeSettings.of(folder.path().resolve("node"))
                    .withBindAddresses(LOOPBACK, LOOPBACK)
                    .withPorts(reads, administration);
            return route == Route.KAFKA
                    ? runOverKafka(folder.path(), settings)
                    : runInRepository(folder.path(), settings);
        } catch (InterruptedException e) {
            return Failures.DONE;
        } finally {
            ended.countDown();
        }
    }

    /** Of this user alone: others may not write into it, and need not. */
    private static Path parent() {
        return Path.of(System.getProperty("java.io.tmpdir"), "slipway-demo-" + System.getProperty("user.name"));
    }

    private int runInRepository(Path folder, NodeSettings settings) throws InterruptedException {
        try (OpenRepository opened = OpenRepository.of(repository(folder))) {
            return run(folder, settings, Publishers.into(opened));
        }
    }

    private int runOverKafka(Path folder, NodeSettings settings) throws InterruptedException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder.resolve("broker")))) {
            KafkaSettings cluster = KafkaSettings.of(broker.address());
            spec.commandLine().getOut().println("A Kafka broker runs at " + broker.address() + ".");
            try (KafkaTarget target = KafkaTarget.connect(cluster)) {
                return run(folder, settings.withKafka(cluster), target.publisher());
            }
        }
    }

    private static Path repository(Path folder) {
        return folder.resolve("repository");
    }

    private int run(Path folder, NodeSettings settings, VersionPublisher publisher) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path repository = repository(folder);
        try (OpenRepository opened = OpenRepository.of(repository);
                AllInOne server = AllInOne.start(repository, settings)) {
            DemoJobs jobs = new DemoJobs(publisher, folder.resolve("scratch"));
            DemoStory story = new DemoStory(opened, jobs, server, Duration.ofSeconds(seconds), out);
            boolean isGood = story.tell();
            if (!once) {
                DemoHints.print(server, repository, out);
                new CountDownLatch(1).await(); // Until the process is told to end.
            }
            return isGood ? Failures.DONE : Failures.FAILED;
        }
    }

    private int portOf(String option, Optional<Integer> given, int usual) {
        return FreePort.require(option, given.orElse(once ? 0 : usual));
    }

    /** Runs when the process is told to end: has the command close everything, and waits for that. */
    private void end(Thread story) {
        if (ended.getCount() == 0) {
            return;
        }
        story.interrupt();
        try {
            // If this is not long enough, the next demo removes the folder.
            boolean isClean = ended.await(CLOSE_SECONDS, TimeUnit.SECONDS);
            LOG.debug("Ended cleanly: {}", isClean);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
