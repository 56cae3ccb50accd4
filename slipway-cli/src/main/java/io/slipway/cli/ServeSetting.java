package io.slipway.cli;

import io.slipway.model.DurationText;
import io.slipway.model.InvalidInputException;
import io.slipway.model.SizeText;
import io.slipway.serving.NodeSettings;
import io.slipway.serving.access.AccessLogSettings;
import io.slipway.serving.security.SecuritySettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * A setting of {@code slipway serve} that its configuration file may have, a line {@code name=value} each.
 *
 * @param name its name
 * @param defaultText its default, as users write it
 * @param description what it does and trades off, in Markdown
 * @param change gives the settings with this one set
 */
record ServeSetting(String name, String defaultText, String description, Change change) {

    private static final String NO_CLUSTER = "none";
    private static final String NO_FILE = "none";

    /** All settings, in the order in which people are shown them, and in which they are applied. */
    static final List<ServeSetting> ALL = List.of(
            new ServeSetting(
                    "port",
                    "8080",
                    "The port that readers use; 0 for any that is free. `--port` wins.",
                    (settings, text) -> settings.withPorts(number(text), settings.adminPort())),
            new ServeSetting(
                    "admin.port",
                    "8081",
                    "The port for health, metrics and administration; 0 for any that is free. `--admin-port` wins.",
                    (settings, text) -> settings.withPorts(settings.port(), number(text))),
            new ServeSetting(
                    "bind",
                    "0.0.0.0",
                    "The address that readers use. The default is reached from other machines.",
                    (settings, text) -> settings.withBindAddresses(text, settings.adminBindAddress())),
            new ServeSetting(
                    "admin.bind",
                    "127.0.0.1",
                    "The address for health, metrics and administration. One that other machines reach needs `tokens`"
                            + " with an operator's.",
                    (settings, text) -> settings.withBindAddresses(settings.bindAddress(), text)),
            new ServeSetting(
                    "poll.interval",
                    "1s",
                    "How often the node looks at the catalog where nobody tells it. Shorter shows sooner what another"
                            + " process changed, and lists the catalog more often. In a folder of this machine the node"
                            + " also sees the next catalog by its name, within 20 ms.",
                    (settings, text) -> settings.withPollInterval(DurationText.parse(text))),
            new ServeSetting(
                    "block.cache",
                    "256m",
                    "Memory for the blocks of all versions, outside the heap. More answers more lookups from memory.",
                    (settings, text) -> settings.withBlockCacheBytes(SizeText.parse(text))),
            new ServeSetting(
                    "staging.rate",
                    "off",
                    "How many bytes per second all stagings fetch together, `20m` for instance; `off` for no bound. A"
                            + " bound leaves disk and network to the readers, and a version is staged later.",
                    (settings, text) -> settings.withStagingLimits(
                            text.equals("off") ? 0 : SizeText.parse(text), settings.diskReserveBytes())),
            new ServeSetting(
                    "staging.files",
                    "2",
                    "How many files all stagings fetch at a time. More hide the delays of a remote repository, and take"
                            + " more of the processors from the readers.",
                    (settings, text) -> settings.withFilesAtATime(number(text))),
            new ServeSetting(
                    "disk.reserve",
                    "64m",
                    "How much of the data folder's disk has to be free after a staging. A version that does not fit is"
                            + " not staged; readers keep what they have, and the node's status says what is missing.",
                    (settings, text) ->
                            settings.withStagingLimits(settings.stagingBytesPerSecond(), SizeText.parse(text))),
            new ServeSetting(
                    "batch.keys",
                    "1000",
                    "The most keys of one batch get, over all its datasets. More saves round trips, and lets one request"
                            + " take longer.",
                    (settings, text) -> settings.withReads(reads -> reads.withBatchKeys(number(text)))),
            new ServeSetting(
                    "scan.records",
                    "1000",
                    "The most records of one page of a scan. More saves round trips, and lets one request take longer.",
                    (settings, text) -> settings.withReads(reads -> reads.withScanRecords(number(text)))),
            new ServeSetting(
                    "key.bytes",
                    "64k",
                    "The largest key that is looked up.",
                    (settings, text) -> settings.withReads(reads -> reads.withKeyBytes(bytes(text)))),
            new ServeSetting(
                    "body.bytes",
                    "1m",
                    "The largest body of a request. Bounds the memory that one request can take.",
                    (settings, text) -> settings.withReads(reads -> reads.withBodyBytes(bytes(text)))),
            new ServeSetting(
                    "reply.bytes",
                    "16m",
                    "About how large the reply to a batch get or a page of a scan may be; a single value may always be"
                            + " sent. Bounds the memory of one reply.",
                    (settings, text) -> settings.withReads(reads -> reads.withReplyBytes(bytes(text)))),
            new ServeSetting(
                    "compress.bytes",
                    "16k",
                    "Replies to batch gets and scans of this size or more are compressed for those who accept gzip. Less"
                            + " saves network, and costs processor time.",
                    (settings, text) -> settings.withReads(reads -> reads.withCompressBytes(bytes(text)))),
            new ServeSetting(
                    "concurrent.requests",
                    "256",
                    "The most batch gets, scans, and lookups that wait for the disk, that are under way at a time. More"
                            + " are refused at once with 503 and `Retry-After`. Bounds the memory of all.",
                    (settings, text) -> settings.withReads(reads -> reads.withConcurrentRequests(number(text)))),
            new ServeSetting(
                    "read.threads",
                    "0",
                    "How many threads answer these; 0 for twice as many as there are processors. More help where the disk"
                            + " is slow.",
                    (settings, text) -> settings.withReads(reads -> reads.withThreads(number(text)))),
            new ServeSetting(
                    "request.time",
                    "10s",
                    "How long a request may take before it is given up.",
                    (settings, text) -> settings.withReads(reads -> reads.withTime(DurationText.parse(text)))),
            new ServeSetting(
                    "idle.timeout",
                    "30s",
                    "How long a connection may be silent before it is closed.",
                    (settings, text) -> settings.withIdleTimeout(DurationText.parse(text))),
            new ServeSetting(
                    "access.log",
                    AccessLogSettings.NOWHERE,
                    "A file that gets a line of JSON for each reply to readers, or `-` for the standard output; `off` for"
                            + " none. Takes some of the processors from the readers.",
                    (settings, text) -> settings.withAccessLog(log -> log.withTarget(text))),
            new ServeSetting(
                    "access.log.keys",
                    "off",
                    "`on` to have addresses in it as they were sent, with the keys, which may be about people.",
                    (settings, text) -> settings.withAccessLog(log -> log.withPaths(paths(text)))),
            new ServeSetting(
                    "kafka",
                    NO_CLUSTER,
                    "Brokers of the Kafka cluster with the versions of the Kafka route, `host:port[,host:port…]`. Without"
                            + " it only versions in the repository are served. `--kafka` wins.",
                    (settings, text) -> text.equals(NO_CLUSTER)
                            ? settings
                            : settings.withKafka(KafkaOptions.settings(text, Optional.empty()))),
            new ServeSetting(
                    "kafka.config",
                    NO_CLUSTER,
                    "A file with properties of Kafka's clients, a line `name=value` each, for the cluster that `kafka`"
                            + " names: what a secured cluster asks for. Secrets stay out of this file so.",
                    (settings, text) -> text.equals(NO_CLUSTER) ? settings : withProperties(settings, Path.of(text))),
            new ServeSetting(
                    "tls.certificate",
                    NO_FILE,
                    "A file in PEM with the server's certificate, and those above it after it. With it both ports speak TLS"
                            + " (1.3 and 1.2), and nothing else.",
                    (settings, text) -> withFile(settings, text, SecuritySettings::withCertificate)),
            new ServeSetting(
                    "tls.key",
                    NO_FILE,
                    "A file in PEM with the certificate's private key, PKCS#8 and not encrypted; without it, the file of"
                            + " `tls.certificate` has both.",
                    (settings, text) -> withFile(settings, text, SecuritySettings::withKey)),
            new ServeSetting(
                    "tokens",
                    NO_FILE,
                    "A file with the tokens that requests may have, as `slipway token` writes it. With it every request"
                            + " needs one: on the port of readers any, on the admin port an operator's; `/metrics` any;"
                            + " `/healthz` and `/readyz` none.",
                    (settings, text) -> withFile(settings, text, SecuritySettings::withTokens)));

    /** Gives settings with one of them set; throws {@link InvalidInputException} if the text is not acceptable. */
    @FunctionalInterface
    interface Change {
        NodeSettings apply(NodeSettings settings, String text);
    }

    /**
     * Applies a configuration file.
     *
     * @throws InvalidInputException if the file cannot be read, or has a name that is not a setting or a value that is
     *     not acceptable
     */
    static NodeSettings applyFile(Path file, NodeSettings settings) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidInputException("The configuration " + file + " cannot be read: " + e.getMessage()
                    + ". Name a text file with lines name=value.");
        }
        properties.stringPropertyNames().forEach(name -> requireSetting(file, name));
        NodeSettings changed = settings;
        for (ServeSetting setting : ALL) {
            String text = properties.getProperty(setting.name);
            changed = text == null ? changed : setting.applyLine(file, changed, text.strip());
        }
        return changed;
    }

    private NodeSettings applyLine(Path file, NodeSettings settings, String text) {
        try {
            return change.apply(settings, text);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(file + ", " + name + ": " + e.getMessage(), e);
        }
    }

    private static void requireSetting(Path file, String name) {
        if (ALL.stream().noneMatch(setting -> setting.name.equals(name))) {
            throw new InvalidInputException(file + ": '" + name + "' is not a setting. There are: "
                    + ALL.stream().map(ServeSetting::name).collect(Collectors.joining(", ")) + ".");
        }
    }

    private static NodeSettings withProperties(NodeSettings settings, Path file) {
        String servers = settings.kafka()
                .orElseThrow(() -> new InvalidInputException("No cluster is named. Say which with the setting kafka."))
                .servers();
        return settings.withKafka(KafkaOptions.settings(servers, Optional.of(file)));
    }

    private static AccessLogSettings.Paths paths(String text) {
        return switch (text) {
            case "on" -> AccessLogSettings.Paths.WITH_KEYS;
            case "off" -> AccessLogSettings.Paths.WITHOUT_KEYS;
            default -> throw new InvalidInputException("'" + text + "' is neither on nor off. Say one of them.");
        };
    }

    private static NodeSettings withFile(
            NodeSettings settings, String text, BiFunction<SecuritySettings, Path, SecuritySettings> change) {
        return text.equals(NO_FILE)
                ? settings
                : settings.withSecurity(security -> change.apply(security, Path.of(text)));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new InvalidInputException("'" + text + "' is not a whole number. Give one.", e);
        }
    }

    private static int bytes(String text) {
        return (int) Math.min(Integer.MAX_VALUE, SizeText.parse(text));
    }
}
