package io.slipway.kafka;

import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.kafka.embedded.EmbeddedBroker;
import java.util.concurrent.atomic.AtomicInteger;

/** One broker for all tests of this JVM, in which each test has a prefix of its own. */
final class SharedBroker {

    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private SharedBroker() {}

    /** Settings for an empty place on the broker. */
    static KafkaSettings newPlace() {
        return newPlace(EmbeddedBroker.shared().address());
    }

    /** Settings for an empty place on a broker. */
    static KafkaSettings newPlace(String servers) {
        return KafkaSettings.of(servers).with(KafkaSettings.PREFIX, "test-" + PREFIXES.incrementAndGet());
    }
}
