package io.slipway.cli;

import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.model.publish.Route;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option {@code --route}, and the cluster that the route over Kafka needs. */
final class RouteOptions {

    @Option(
            names = "--route",
            paramLabel = "ROUTE",
            converter = LabelConverters.OfRoute.class,
            defaultValue = "sst",
            description = "How versions get to the nodes: sst, as files in the repository, or kafka, as topics of the"
                    + " cluster that --kafka names. Default: ${DEFAULT-VALUE}")
    private Route route;

    @Mixin
    private KafkaOptions kafka;

    /** The route. */
    Route route() {
        return route;
    }

    /**
     * The cluster that is named.
     *
     * @throws ParameterException if there is none, and the route is over Kafka
     */
    Optional<KafkaSettings> named(CommandLine command) {
        Optional<KafkaSettings> cluster = kafka.settings(command);
        if (route == Route.KAFKA && cluster.isEmpty()) {
            throw new ParameterException(command, "--route kafka needs --kafka HOST:PORT.");
        }
        return cluster;
    }

    /**
     * The cluster, on the route over Kafka; none on the other.
     *
     * @throws ParameterException if it is missing, or named where it is not used
     */
    Optional<KafkaSettings> cluster(CommandLine command) {
        Optional<KafkaSettings> cluster = named(command);
        if (route != Route.KAFKA && cluster.isPresent()) {
            throw new ParameterException(command, "--kafka is for --route kafka. Say that, or leave it out.");
        }
        return cluster;
    }
}
