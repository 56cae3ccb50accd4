package io.slipway.kafka;

import io.slipway.testkit.PublishRouteContract;
import io.slipway.testkit.RouteUnderTest;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The Kafka route on Kafka's own image, where Docker is there. */
@Testcontainers(disabledWithoutDocker = true)
class KafkaPublishRouteContainerTest extends PublishRouteContract {

    @Container
    private static final KafkaContainer KAFKA = new KafkaContainer(DockerImageName.parse("apache/kafka:4.1.0"));

    /** A publish makes some twenty calls, each to a broker. */
    @Override
    protected int callsPerFault() {
        return 24;
    }

    @Override
    protected RouteUnderTest newRoute() {
        return new KafkaRouteUnderTest(SharedBroker.newPlace(KAFKA.getBootstrapServers()));
    }
}
