package io.slipway.kafka.cluster;

import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How to reach a cluster, and how topics are to be on it. Immutable; each {@code with…} method returns a changed copy.
 *
 * <p>Any property of Kafka's clients passes through. Two of Slipway's own are among them: {@value #PREFIX} is what all
 * topics and transactional ids begin with (default {@code slipway}), so that several deployments can share a cluster;
 * {@value #REPLICATION} is on how many brokers each topic is to be (default: 3, or as many as there are). More costs disk
 * and network; with fewer than 2 the loss of a broker loses versions.
 */
public final class KafkaSettings {

    /** The property of the common prefix. */
    public static final String PREFIX = "slipway.prefix";

    /** The property of the replication factor. */
    public static final String REPLICATION = "slipway.replication.factor";

    /** The property of the brokers. */
    public static final String SERVERS = "bootstrap.servers";

    private static final String OWN = "slipway.";
    private static final Pattern PREFIX_SHAPE = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final int MOST_REPLICAS = 100;

    private final Map<String, String> properties;

    private KafkaSettings(Map<String, String> properties) {
        this.properties = properties;
    }

    /**
     * Settings to reach a cluster.
     *
     * @param servers some of its brokers, {@code host:port[,host:port…]}
     */
    public static KafkaSettings of(String servers) {
        return new KafkaSettings(Map.of(SERVERS, servers));
    }

    /**
     * These settings with those of a file in the form of Java properties.
     *
     * @throws InvalidInputException if it cannot be read, or one is not acceptable
     */
    public KafkaSettings withFile(Path file) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            read.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidInputException(
                    "The Kafka properties in " + file + " cannot be read (" + e
                            + "). Give a file with a line name=value for each.",
                    e);
        }
        KafkaSettings settings = this;
        for (String name : read.stringPropertyNames()) {
            settings = settings.with(name, read.getProperty(name));
        }
        return settings;
    }

    /**
     * These settings with one property.
     *
     * @throws InvalidInputException if it is one of Slipway's own and not acceptable
     */
    public KafkaSettings with(String name, String value) {
        check(name, value);
        Map<String, String> changed = new TreeMap<>(properties);
        changed.put(name, value);
        return new KafkaSettings(Map.copyOf(changed));
    }

    /** What all topics and transactional ids begin with. */
    public String prefix() {
        return properties.getOrDefault(PREFIX, "slipway");
    }

    /** The brokers as they were given, for messages. */
    public String servers() {
        return properties.get(SERVERS);
    }

    /** On how many brokers each topic is to be, where that was chosen; else 0. */
    int replication() {
        return Integer.parseInt(properties.getOrDefault(REPLICATION, "0"));
    }

    /** The properties for one of Kafka's clients: over some defaults, and under what must not be changed. */
    Map<String, Object> client(Map<String, ?> defaults, Map<String, ?> fixed) {
        Map<String, Object> client = new TreeMap<>(defaults);
        properties.forEach((name, value) -> {
            if (!name.startsWith(OWN)) {
                client.put(name, value);
            }
        });
        client.putAll(fixed);
        return client;
    }

    /** Names only: values may be secrets. */
    @Override
    public String toString() {
        return servers() + " with " + new TreeMap<>(properties).keySet();
    }

    private static void check(String name, String value) {
        if (name.equals(PREFIX) && !PREFIX_SHAPE.matcher(value).matches()) {
            throw new InvalidInputException(PREFIX + " is '" + value
                    + "'. Use a lower-case letter, then up to 62 lower-case letters, digits and hyphens.");
        }
        if (name.equals(REPLICATION) && !isReplication(value)) {
            throw new InvalidInputException(
                    REPLICATION + " is '" + value + "'. Use a whole number from 1 to " + MOST_REPLICAS + ".");
        }
        if (name.startsWith(OWN) && !name.equals(PREFIX) && !name.equals(REPLICATION)) {
            throw new InvalidInputException(
                    "There is no property " + name + ". There are " + PREFIX + " and " + REPLICATION + ".");
        }
    }

    private static boolean isReplication(String value) {
        try {
            int number = Integer.parseInt(value);
            return number >= 1 && number <= MOST_REPLICAS;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
