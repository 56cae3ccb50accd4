package io.slipway.serving;

import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.serving.access.AccessLogSettings;
import io.slipway.serving.security.SecuritySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The settings of a node's process. Immutable; each {@code with…} method returns a changed copy.
 *
 * @param dataFolder where the node keeps its versions: as much disk as the staged and retained versions together. It
 *     must lie outside the repository. No default
 * @param datasets the datasets that it has; all if there is none. Default all
 * @param pollInterval how often the catalog is looked at where nobody nudges and it is not in a folder of this machine.
 *     Shorter shows a swap sooner after a lost nudge, and lists the catalog's folder more often. Default 1 s
 * @param blockCacheBytes memory for blocks of all versions together, outside the heap. More answers more lookups from
 *     memory; the operating system's cache does the rest. Default 256 MiB
 * @param bindAddress the address of the lookup port. Default 0.0.0.0: readers are on other machines
 * @param port the lookup port; 0 for any that is free. Default 8080
 * @param adminBindAddress the address of the admin port. Default 127.0.0.1: whoever reaches it can operate the node
 * @param adminPort the admin port; 0 for any that is free. Default 8081
 * @param reads what one request may take, and all of them together
 * @param idleTimeout how long a connection may be silent, within a request or between two. Default 30 s
 * @param stagingBytesPerSecond how many bytes per second all stagings fetch together; 0 for no bound. A bound leaves
 *     disk and network to the readers, and a version is staged later. Default 0
 * @param filesAtATime how many files (on the Kafka route: partitions) all stagings fetch at a time. More hide the delays of a remote repository, and take
 *     more of the processors from the readers. Default 2
 * @param diskReserveBytes how much of the data folder's disk has to be free after a staging. Default 64 MiB
 * @param kafka the cluster with the topics of the versions that came by the Kafka route. Without one the node cannot stage
 *     such versions. Default none
 * @param accessLog where a line for each reply goes. It costs some of the processors. Default off
 * @param security TLS and tokens of both ports. Default neither
 */
public record NodeSettings(
        Path dataFolder,
        Set<DatasetName> datasets,
        Duration pollInterval,
        long blockCacheBytes,
        String bindAddress,
        int port,
        String adminBindAddress,
        int adminPort,
        ReadSettings reads,
        Duration idleTimeout,
        long stagingBytesPerSecond,
        int filesAtATime,
        long diskReserveBytes,
        Optional<KafkaSettings> kafka,
        AccessLogSettings accessLog,
        SecuritySettings security) {

    private static final int GREATEST_PORT = 65_535;
    private static final int MOST_FILES_AT_A_TIME = 256;
    private static final long LEAST_CACHE_BYTES = 1 << 20;

    /**
     * Checks the ranges.
     *
     * @throws InvalidInputException if a setting is out of its range, naming it
     */
    public NodeSettings {
        datasets = Set.copyOf(datasets);
        check(port >= 0 && port <= GREATEST_PORT, "port", port, "0 to 65535");
        check(adminPort >= 0 && adminPort <= GREATEST_PORT, "admin-port", adminPort, "0 to 65535");
        check(blockCacheBytes >= LEAST_CACHE_BYTES, "block cache", blockCacheBytes, "1 MiB or more");
        check(pollInterval.toMillis() > 0, "poll interval", pollInterval, "1 ms or more");
        check(stagingBytesPerSecond >= 0, "bytes per second of staging", stagingBytesPerSecond, "0 or more");
        check(
                filesAtATime > 0 && filesAtATime <= MOST_FILES_AT_A_TIME,
                "files fetched at a time",
                filesAtATime,
                "1 to " + MOST_FILES_AT_A_TIME);
        check(diskReserveBytes >= 0, "bytes of the disk's reserve", diskReserveBytes, "0 or more");
        check(idleTimeout.toMillis() > 0, "idle timeout", idleTimeout, "1 ms or more");
    }

    /** The defaults, with a data folder. */
    public static NodeSettings of(Path dataFolder) {
        return new Builder(dataFolder).build();
    }

    /** These settings with other ports. */
    public NodeSettings withPorts(int lookupPort, int administrationPort) {
        return with(changed -> {
            changed.port = lookupPort;
            changed.adminPort = administrationPort;
        });
    }

    /** These settings with other addresses to listen on. */
    public NodeSettings withBindAddresses(String lookups, String administration) {
        return with(changed -> {
            changed.bindAddress = lookups;
            changed.adminBindAddress = administration;
        });
    }

    /** These settings with some of the datasets only. */
    public NodeSettings withDatasets(DatasetName... names) {
        return with(changed -> changed.datasets = Set.of(names));
    }

    /** These settings with another time between two looks at the catalog. */
    public NodeSettings withPollInterval(Duration interval) {
        return with(changed -> changed.pollInterval = interval);
    }

    /** These settings with another size of the block cache. */
    public NodeSettings withBlockCacheBytes(long bytes) {
        return with(changed -> changed.blockCacheBytes = bytes);
    }

    /** These settings with other settings of reads. */
    public NodeSettings withReads(UnaryOperator<ReadSettings> change) {
        return with(changed -> changed.reads = change.apply(reads));
    }

    /** These settings with another time that a connection may be silent. */
    public NodeSettings withIdleTimeout(Duration timeout) {
        return with(changed -> changed.idleTimeout = timeout);
    }

    /** These settings with other bounds of what stagings take. */
    public NodeSettings withStagingLimits(long bytesPerSecond, long reserveBytes) {
        return with(changed -> {
            changed.stagingBytesPerSecond = bytesPerSecond;
            changed.diskReserveBytes = reserveBytes;
        });
    }

    /** These settings with another number of files that are fetched at a time. */
    public NodeSettings withFilesAtATime(int files) {
        return with(changed -> changed.filesAtATime = files);
    }

    /** These settings with a cluster. */
    public NodeSettings withKafka(KafkaSettings cluster) {
        return with(changed -> changed.kafka = Optional.of(cluster));
    }

    /** These settings with another access log. */
    public NodeSettings withAccessLog(UnaryOperator<AccessLogSettings> change) {
        return with(changed -> changed.accessLog = change.apply(accessLog));
    }

    /** These settings with other settings of TLS and tokens. */
    public NodeSettings withSecurity(UnaryOperator<SecuritySettings> change) {
        return with(changed -> changed.security = change.apply(security));
    }

    private NodeSettings with(Consumer<Builder> change) {
        Builder changed = new Builder(dataFolder);
        changed.datasets = datasets;
        changed.pollInterval = pollInterval;
        changed.blockCacheBytes = blockCacheBytes;
        changed.bindAddress = bindAddress;
        changed.port = port;
        changed.adminBindAddress = adminBindAddress;
        changed.adminPort = adminPort;
        changed.reads = reads;
        changed.idleTimeout = idleTimeout;
        changed.stagingBytesPerSecond = stagingBytesPerSecond;
        changed.filesAtATime = filesAtATime;
        changed.diskReserveBytes = diskReserveBytes;
        changed.kafka = kafka;
        changed.accessLog = accessLog;
        changed.security = security;
        change.accept(changed);
        return changed.build();
    }

    private static void check(boolean good, String setting, Object value, String range) {
        if (!good) {
            throw new InvalidInputException(
                    "The node's setting '" + setting + "' cannot be " + value + ". Use " + range + ".");
        }
    }

    /** Settings that are being put together, at first the defaults. */
    private static final class Builder {
        private final Path dataFolder;
        private Set<DatasetName> datasets = Set.of();
        private Duration pollInterval = Duration.ofSeconds(1);
        private long blockCacheBytes = 256L << 20;
        private String bindAddress = "0.0.0.0";
        private int port = 8080;
        private String adminBindAddress = "127.0.0.1";
        private int adminPort = 8081;
        private ReadSettings reads = ReadSettings.DEFAULTS;
        private Duration idleTimeout = Duration.ofSeconds(30);
        private long stagingBytesPerSecond;
        private int filesAtATime = 2;
        private long diskReserveBytes = 64L << 20;
        private Optional<KafkaSettings> kafka = Optional.empty();
        private AccessLogSettings accessLog = AccessLogSettings.OFF;
        private SecuritySettings security = SecuritySettings.NONE;

        Builder(Path dataFolder) {
            this.dataFolder = dataFolder;
        }

        NodeSettings build() {
            return new NodeSettings(
                    dataFolder,
                    datasets,
                    pollInterval,
                    blockCacheBytes,
                    bindAddress,
                    port,
                    adminBindAddress,
                    adminPort,
                    reads,
                    idleTimeout,
                    stagingBytesPerSecond,
                    filesAtATime,
                    diskReserveBytes,
                    kafka,
                    accessLog,
                    security);
        }
    }
}
