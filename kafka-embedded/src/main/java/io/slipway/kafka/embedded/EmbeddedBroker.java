package io.slipway.kafka.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One running Kafka broker, its own controller, on the loopback interface. Everything that was acknowledged is on its
 * folder, where the next broker finds it; there is no second copy. Thread-safe.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final String PLAIN = "PLAINTEXT";
    private static final String CONTROLLER = "CONTROLLER";
    private static final String NODE_ID = "1";
    /** The same for all, so that a folder can be used again. */
    private static final String CLUSTER_ID = "slipway-broker-000000A";

    /** One broker with nobody to wait for, so its defaults for clusters only cost time. */
    private static final Map<String, String> SINGLE_BROKER = Map.ofEntries(
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "4"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            // A broker that is started again after a kill waits for so long; one that is busy for longer is taken for
            // dead,
            // and its transactions with it.
            Map.entry("broker.session.timeout.ms", "6000"),
            Map.entry("broker.heartbeat.interval.ms", "1000"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("log.initial.task.delay.ms", "100"));

    private final BrokerSettings settings;
    private final Map<String, Integer> ports;
    private KafkaRaftServer server;

    private EmbeddedBroker(BrokerSettings settings, Map<String, Integer> ports) {
        this.settings = settings;
        this.ports = ports;
    }

    /**
     * Starts a broker; when this returns it answers.
     *
     * @throws IllegalStateException if it does not start: the port is taken, or the folder cannot be used
     */
    public static EmbeddedBroker start(BrokerSettings settings) {
        List<String> names = new ArrayList<>(List.of(PLAIN, CONTROLLER));
        names.addAll(settings.listeners().keySet());
        Map<String, Integer> ports = freePorts(names);
        if (settings.port() != 0) {
            ports.put(PLAIN, settings.port());
        }
        EmbeddedBroker broker = new EmbeddedBroker(settings, ports);
        broker.start();
        return broker;
    }

    /**
     * The broker that everybody in this process shares, for tests: started when it is first asked for, on a temporary
     * folder that goes with the process. Not to be closed; whoever uses it keeps to topics of a prefix of its own.
     */
    public static EmbeddedBroker shared() {
        return Shared.BROKER;
    }

    /** Where clients reach the plain listener: {@code 127.0.0.1:port}. */
    public String address() {
        return address(PLAIN);
    }

    /** Where clients reach a listener. */
    public String address(String listener) {
        return "127.0.0.1:" + ports.get(listener);
    }

    /** Stops and starts again, on the same folder and ports. */
    public void restart() {
        close();
        start();
    }

    /** Stops the broker, if it runs. */
    @Override
    public synchronized void close() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    private synchronized void start() {
        format();
        KafkaRaftServer starting = new KafkaRaftServer(new KafkaConfig(config(), false), Time.SYSTEM);
        try {
            starting.startup();
        } catch (RuntimeException e) {
            starting.shutdown();
            throw new IllegalStateException(
                    "A Kafka broker on " + address() + " with the folder " + settings.folder() + " does not start: "
                            + e.getMessage() + ". Use a free port and a folder that can be written.",
                    e);
        }
        server = starting;
    }

    /** Makes the folder a broker's, if it is not yet. */
    private void format() {
        String folder = settings.folder().toString();
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            Files.createDirectories(settings.folder());
            new Formatter()
                    .setPrintStream(nowhere)
                    .setNodeId(Integer.parseInt(NODE_ID))
                    .setClusterId(CLUSTER_ID)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setControllerListenerName(CONTROLLER)
                    .setMetadataLogDirectory(folder)
                    .addDirectory(folder)
                    .setIgnoreFormatted(true)
                    .setScramArguments(settings.scramArguments())
                    .run();
        } catch (Exception e) { // Formatter declares no less.
            throw new IllegalStateException(
                    "The folder " + folder + " cannot be made a broker's: " + e.getMessage()
                            + ". Use an empty folder, or one of an earlier broker.",
                    e);
        }
    }

    private Map<String, String> config() {
        Map<String, String> protocols = new LinkedHashMap<>();
        protocols.put(PLAIN, PLAIN);
        protocols.put(CONTROLLER, PLAIN);
        protocols.putAll(settings.listeners());
        Map<String, String> config = new HashMap<>(SINGLE_BROKER);
        config.put("node.id", NODE_ID);
        config.put("process.roles", "broker,controller");
        config.put("listeners", joined(ports, name -> name + "://127.0.0.1:" + ports.get(name)));
        config.put("listener.security.protocol.map", joined(protocols, name -> name + ":" + protocols.get(name)));
        config.put("controller.listener.names", CONTROLLER);
        config.put("inter.broker.listener.name", PLAIN);
        config.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + ports.get(CONTROLLER));
        config.put("log.dirs", settings.folder().toString());
        settings.listeners().forEach((name, protocol) -> config.putAll(scram(name, protocol)));
        config.putAll(settings.properties());
        return config;
    }

    /** What a listener needs to know its SCRAM users. */
    private static Map<String, String> scram(String listener, String protocol) {
        if (!protocol.startsWith("SASL_")) {
            return Map.of();
        }
        String prefix = "listener.name." + listener.toLowerCase(Locale.ROOT) + ".";
        return Map.of(
                prefix + "sasl.enabled.mechanisms",
                "SCRAM-SHA-256",
                prefix + "scram-sha-256.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    }

    private static String joined(Map<String, ?> map, UnaryOperator<String> part) {
        return String.join(",", map.keySet().stream().map(part).toList());
    }

    /** All at once, so that no port is given twice. */
    private static Map<String, Integer> freePorts(List<String> names) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        List<ServerSocket> taken = new ArrayList<>();
        try {
            for (String name : names) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                taken.add(socket);
                ports.put(name, socket.getLocalPort());
            }
            for (ServerSocket socket : taken) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException("No port is free on the loopback interface. Close what holds them.", e);
        }
    }

    private static final class Shared {

        private static final EmbeddedBroker BROKER = startOnTemporaryFolder();

        private static EmbeddedBroker startOnTemporaryFolder() {
            try {
                Path folder = Files.createTempDirectory("slipway-broker");
                EmbeddedBroker broker = start(BrokerSettings.in(folder));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    broker.close();
                    delete(folder);
                }));
                return broker;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Path folder) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
