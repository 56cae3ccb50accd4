package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.cli.PublishFixture.Outcome;
import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.kafka.cluster.KafkaCluster;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.kafka.control.TopicNames;
import io.slipway.kafka.embedded.EmbeddedBroker;
import io.slipway.kafka.ledger.Ledger;
import io.slipway.kafka.ledger.LedgerVersion;
import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.serving.NodeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A repository, and an empty place on a broker that all tests of this JVM share; commands that use both. */
final class KafkaFixture {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private final Path folder;
    private final Path config;
    private final KafkaSettings settings;
    private final HttpClient http = HttpClient.newHttpClient();

    KafkaFixture(Path folder) {
        this(folder, EmbeddedBroker.shared().address());
    }

    /** The same on another broker. */
    KafkaFixture(Path folder, String servers) {
        this.folder = folder;
        this.settings = KafkaSettings.of(servers).with(KafkaSettings.PREFIX, "cli-" + PREFIXES.incrementAndGet());
        this.config = file("kafka.properties", KafkaSettings.PREFIX + "=" + settings.prefix());
    }

    KafkaSettings settings() {
        return settings;
    }

    TopicNames names() {
        return new TopicNames(settings.prefix());
    }

    Path repository() {
        return folder.resolve("repository");
    }

    Path file(String name, String... lines) {
        try {
            return Files.write(folder.resolve(name), List.of(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the all-in-one process. */
    AllInOne serve() {
        return serve(settings);
    }

    AllInOne serve(KafkaSettings cluster) {
        NodeSettings node =
                NodeSettings.of(folder.resolve("node")).withPorts(0, 0).withKafka(cluster);
        return AllInOne.start(repository(), node);
    }

    /** Starts the all-in-one process as one that can be killed. */
    NodeProcess serveProcess(List<String> jvmOptions) {
        List<String> arguments =
                new ArrayList<>(List.of("serve", "--repository", repository().toString()));
        arguments.addAll(List.of("--data", folder.resolve("node").toString(), "--port", "0", "--admin-port", "0"));
        arguments.addAll(cluster());
        return NodeProcess.start(folder, jvmOptions, arguments);
    }

    /** Where the all-in-one process keeps a version. */
    Path nodeFolder(String dataset, long version) {
        return folder.resolve("node").resolve("datasets").resolve(dataset).resolve("v" + version);
    }

    /** The options that name the cluster. */
    List<String> cluster() {
        return List.of("--kafka", settings.servers(), "--kafka-config", config.toString());
    }

    /** Publishes over Kafka, without a repository. */
    Outcome publish(String dataset, Path input, String... options) {
        return PublishFixture.execute(publishArguments(dataset, input, options));
    }

    String[] publishArguments(String dataset, Path input, String... options) {
        List<String> arguments = new ArrayList<>(List.of("publish", "--route", "kafka", "--dataset", dataset));
        arguments.addAll(cluster());
        arguments.addAll(List.of("--input", input.toString(), "--key", "id", "--json"));
        arguments.addAll(List.of(options));
        return arguments.toArray(String[]::new);
    }

    /** Publishes files into the repository. */
    Outcome publishFiles(String dataset, Path input, String... options) {
        List<String> arguments = new ArrayList<>(List.of("publish", "--dataset", dataset, "--key", "id", "--json"));
        arguments.addAll(List.of("--repository", repository().toString(), "--input", input.toString()));
        arguments.addAll(List.of(options));
        return PublishFixture.execute(arguments.toArray(String[]::new));
    }

    /** A command on the repository, which has to succeed. */
    void operate(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--repository", repository().toString()));
        Outcome outcome = PublishFixture.execute(all.toArray(String[]::new));
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    void awaitState(String dataset, long version, VersionState state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(entry(dataset, version))
                        .as("version %d of %s", version, dataset)
                        .extracting(VersionEntry::state)
                        .isEqualTo(state));
    }

    private VersionEntry entry(String dataset, long version) {
        VersionEntry entry = dataset(dataset).version(version).orElse(null);
        assertThat(entry)
                .as("version %d of %s in the catalog", version, dataset)
                .isNotNull();
        return entry;
    }

    DatasetEntry dataset(String dataset) {
        try (OpenRepository opened = OpenRepository.of(repository())) {
            return opened.catalog().latest().datasetOrEmpty(new DatasetName(dataset));
        }
    }

    /** What is committed of a dataset. */
    List<LedgerVersion> committed(String dataset) {
        return ledger(dataset).stream()
                .filter(version -> version.commit().isPresent())
                .toList();
    }

    /** What the ledger says of a dataset's versions. */
    List<LedgerVersion> ledger(String dataset) {
        try (KafkaCluster cluster = new KafkaCluster(settings);
                Ledger ledger = Ledger.of(cluster, names(), new DatasetName(dataset))) {
            return ledger.read().versions(new DatasetName(dataset));
        }
    }

    boolean hasTopic(String dataset, long version) {
        try (KafkaCluster cluster = new KafkaCluster(settings)) {
            return cluster.topic(topic(dataset, version)).isPresent();
        }
    }

    String topic(String dataset, long version) {
        return names().version(new VersionId(new DatasetName(dataset), version));
    }

    HttpResponse<String> get(AllInOne server, String dataset, String key) {
        try {
            URI uri = server.readsUri().resolve("/v1/datasets/" + dataset + "/records/" + key);
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
