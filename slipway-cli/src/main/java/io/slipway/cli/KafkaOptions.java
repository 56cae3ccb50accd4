package io.slipway.cli;

import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.model.InvalidInputException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The options {@code --kafka} and {@code --kafka-config}: which cluster, and how to reach it. */
final class KafkaOptions {

    private static final Pattern SERVERS = Pattern.compile("[^\\s,:]+:[0-9]{1,5}(,[^\\s,:]+:[0-9]{1,5})*");

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            converter = Servers.class,
            description = "Brokers of the Kafka cluster, one or more with commas between them.")
    private String servers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description =
                    "A file with properties of Kafka's clients, a line name=value each: what a secured cluster asks"
                            + " for, say. Keep it as readable as the secrets in it allow.")
    private Path config;

    /**
     * The cluster, if one was named.
     *
     * @throws ParameterException if properties were given for none
     * @throws InvalidInputException if the file cannot be read
     */
    Optional<KafkaSettings> settings(CommandLine command) {
        if (servers == null && config != null) {
            throw new ParameterException(command, "--kafka-config needs --kafka HOST:PORT.");
        }
        return Optional.ofNullable(servers).map(named -> settings(named, Optional.ofNullable(config)));
    }

    /** A cluster, and the file with its properties; those brokers win over the ones that the file may name. */
    static KafkaSettings settings(String servers, Optional<Path> file) {
        KafkaSettings settings = KafkaSettings.of(checked(servers));
        return file.map(settings::withFile).orElse(settings).with(KafkaSettings.SERVERS, servers);
    }

    private static String checked(String servers) {
        if (!SERVERS.matcher(servers).matches()) {
            throw new InvalidInputException("'" + servers + "' does not name brokers. Write HOST:PORT, or several with"
                    + " commas between them: 127.0.0.1:9092.");
        }
        return servers;
    }

    /** Reads the brokers from the command line. */
    static final class Servers implements ITypeConverter<String> {

        @Override
        public String convert(String value) {
            try {
                return checked(value);
            } catch (InvalidInputException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
