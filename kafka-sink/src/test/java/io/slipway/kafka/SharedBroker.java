package io.slipway.kafka;

import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.kafka.embedded.BrokerSettings;
import io.slipway.kafka.embedded.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One broker for all tests of this JVM, in which each test has a prefix of its own. */
final class SharedBroker {

    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private SharedBroker() {}

    /** Settings for an empty place on the broker. */
    static KafkaSettings newPlace() {
        return newPlace(Holder.BROKER.address());
    }

    /** Settings for an empty place on a broker. */
    static KafkaSettings newPlace(String servers) {
        return KafkaSettings.of(servers).with(KafkaSettings.PREFIX, "test-" + PREFIXES.incrementAndGet());
    }

    /** Started when it is first asked for. */
    private static final class Holder {

        private static final EmbeddedBroker BROKER = start();

        private static EmbeddedBroker start() {
            try {
                Path folder = Files.createTempDirectory("slipway-broker");
                EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder));
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
