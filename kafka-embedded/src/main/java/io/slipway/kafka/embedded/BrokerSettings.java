package io.slipway.kafka.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an {@link EmbeddedBroker} is to be. Immutable; each {@code with…} method returns a changed copy.
 *
 * @param folder where it keeps its data; the next broker on it finds everything again
 * @param port the port of its plain listener on the loopback interface; 0 takes a free one
 * @param listeners further listeners on free ports: their names with Kafka's names of their security protocols
 * @param scramUsers users of SASL/SCRAM-SHA-256 with their passwords, known from the first start on a folder
 * @param properties Kafka's own broker properties, which win over the ones chosen here
 */
public record BrokerSettings(
        Path folder,
        int port,
        Map<String, String> listeners,
        Map<String, String> scramUsers,
        Map<String, String> properties) {

    /** Takes copies of the maps. */
    public BrokerSettings {
        listeners = Collections.unmodifiableMap(new LinkedHashMap<>(listeners));
        scramUsers = Map.copyOf(scramUsers);
        properties = Map.copyOf(properties);
    }

    /** A broker on a folder, with one plain listener on a free port. */
    public static BrokerSettings in(Path folder) {
        return new BrokerSettings(folder, 0, Map.of(), Map.of(), Map.of());
    }

    /** These settings with a port of the plain listener. */
    public BrokerSettings withPort(int plainPort) {
        return new BrokerSettings(folder, plainPort, listeners, scramUsers, properties);
    }

    /**
     * These settings with a further listener.
     *
     * @param name its name, upper case
     * @param protocol {@code SASL_PLAINTEXT}, {@code SSL} or {@code SASL_SSL}
     */
    public BrokerSettings withListener(String name, String protocol) {
        return new BrokerSettings(folder, port, with(listeners, name, protocol), scramUsers, properties);
    }

    /** These settings with a user of SASL/SCRAM-SHA-256. */
    public BrokerSettings withScramUser(String name, String password) {
        return new BrokerSettings(folder, port, listeners, with(scramUsers, name, password), properties);
    }

    /** These settings with one of Kafka's broker properties. */
    public BrokerSettings withProperty(String name, String value) {
        return new BrokerSettings(folder, port, listeners, scramUsers, with(properties, name, value));
    }

    List<String> scramArguments() {
        List<String> arguments = new ArrayList<>();
        scramUsers.forEach(
                (name, password) -> arguments.add("SCRAM-SHA-256=[name=" + name + ",password=" + password + "]"));
        return arguments;
    }

    /** Passwords are not shown. */
    @Override
    public String toString() {
        return "broker in " + folder + " on port " + port + " with listeners " + listeners;
    }

    private static Map<String, String> with(Map<String, String> map, String name, String value) {
        Map<String, String> copy = new LinkedHashMap<>(map);
        copy.put(name, value);
        return copy;
    }
}
