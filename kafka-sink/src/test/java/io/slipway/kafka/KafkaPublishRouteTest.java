package io.slipway.kafka;

import io.slipway.testkit.PublishRouteContract;
import io.slipway.testkit.RouteUnderTest;

/** The Kafka route on a broker in this process. */
class KafkaPublishRouteTest extends PublishRouteContract {

    /** A publish makes some twenty calls, each to a broker. */
    @Override
    protected int callsPerFault() {
        return 24;
    }

    @Override
    protected RouteUnderTest newRoute() {
        return new KafkaRouteUnderTest(SharedBroker.newPlace());
    }
}
