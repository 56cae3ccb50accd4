package io.slipway.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kafka.cluster.KafkaCluster;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.kafka.embedded.BrokerSettings;
import io.slipway.kafka.embedded.EmbeddedBroker;
import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import io.slipway.model.SlipwayException;
import io.slipway.model.VersionId;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.testkit.SampleRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing to a broker that asks who one is and what one may do. */
class KafkaSecurityTest {

    private static final String SCRAM = "SCRAM";
    private static final String TLS = "TLS";
    private static final String SECRET = "correct-horse";
    private static final SampleRecords RECORDS = SampleRecords.random(new Random(1), 30);

    /** What the specification grants to a publisher. */
    private static final List<Grant> PUBLISHER = List.of(
            new Grant(ResourceType.TOPIC, "slipway.", PatternType.PREFIXED, AclOperation.CREATE),
            new Grant(ResourceType.TOPIC, "slipway.", PatternType.PREFIXED, AclOperation.DESCRIBE),
            new Grant(ResourceType.TOPIC, "slipway.", PatternType.PREFIXED, AclOperation.WRITE),
            new Grant(ResourceType.TOPIC, "slipway.publications", PatternType.LITERAL, AclOperation.READ),
            new Grant(ResourceType.TOPIC, "slipway.datasets", PatternType.LITERAL, AclOperation.READ),
            new Grant(ResourceType.TRANSACTIONAL_ID, "slipway.", PatternType.PREFIXED, AclOperation.DESCRIBE),
            new Grant(ResourceType.TRANSACTIONAL_ID, "slipway.", PatternType.PREFIXED, AclOperation.WRITE));

    @TempDir
    static Path folder;

    private static KeyStores stores;
    private static EmbeddedBroker broker;
    private static Admin operator;

    private final List<KafkaVersionPublisher> publishers = new ArrayList<>();

    private record Grant(ResourceType type, String name, PatternType pattern, AclOperation operation) {

        AclBinding to(String principal) {
            return new AclBinding(
                    new ResourcePattern(type, name, pattern),
                    new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
        }
    }

    @BeforeAll
    static void startBroker() throws Exception {
        stores = new KeyStores(Files.createDirectory(folder.resolve("stores")));
        broker = EmbeddedBroker.start(BrokerSettings.in(folder.resolve("broker"))
                .withListener(SCRAM, "SASL_PLAINTEXT")
                .withListener(TLS, "SSL")
                .withScramUser("publisher", SECRET)
                .withProperty("ssl.keystore.location", stores.keys("broker").toString())
                .withProperty("ssl.keystore.password", KeyStores.PASSWORD)
                .withProperty(
                        "ssl.truststore.location", stores.trusting("client").toString())
                .withProperty("ssl.truststore.password", KeyStores.PASSWORD)
                .withProperty("ssl.client.auth", "required")
                .withProperty("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .withProperty("super.users", "User:ANONYMOUS"));
        operator = Admin.create(Map.of("bootstrap.servers", broker.address()));
    }

    @AfterAll
    static void stopBroker() {
        operator.close();
        broker.close();
    }

    @AfterEach
    void forgetEverything() throws Exception {
        publishers.forEach(KafkaVersionPublisher::close);
        operator.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
    }

    @Test
    void aPublisherWithTheLeastOfRightsPublishes() throws Exception {
        grant("User:publisher", PUBLISHER);
        CommittedVersion version = publish(scram(SECRET), "least");
        assertThat(version.manifest().digest()).isEqualTo(RECORDS.digest());
        try (PublishSession again = publisher(scram(SECRET)).begin(publication("least"))) {
            assertThat(again.committed()).contains(version);
        }
    }

    @Test
    void aPublisherWithTheLeastOfRightsCanDoNothingElse() throws Exception {
        grant("User:publisher", PUBLISHER);
        CommittedVersion version = publish(scram(SECRET), "nothing-else");
        String topic = version.manifest().topic().orElseThrow().name();
        try (KafkaCluster cluster = new KafkaCluster(scram(SECRET));
                Admin admin = Admin.create(Map.copyOf(clientProperties(SECRET)))) {
            assertThatThrownBy(() -> cluster.cursor(topic, 0).poll(Duration.ofSeconds(10)))
                    .as("reading a version")
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("spec/version-topic.md");
            assertThatThrownBy(() -> cluster.createTopic("other", 1, Map.of()))
                    .as("creating another topic")
                    .isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> cluster.append(new ProducerRecord<>("other", 0, new byte[0], new byte[0])))
                    .as("writing another topic")
                    .isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> cluster.fence(List.of("other")))
                    .as("another transactional id")
                    .isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> admin.deleteTopics(List.of(topic)).all().get())
                    .as("deleting a version")
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    @Test
    void withoutReadingTheTopicWhatAnEarlierSessionFinishedIsWrittenAgain() throws Exception {
        grant("User:publisher", PUBLISHER);
        PublishSession session = publisher(scram(SECRET)).begin(publication("unread"));
        PartitionReceipt receipt = write(session);
        assertThat(session.holds(receipt)).isFalse();
        grant(
                "User:publisher",
                List.of(new Grant(ResourceType.TOPIC, "slipway.", PatternType.PREFIXED, AclOperation.READ)));
        assertThat(session.holds(receipt)).isTrue();
    }

    @Test
    void everyRightThatIsMissingIsSaidBeforeTheJobBegins() throws Exception {
        for (Grant missing : PUBLISHER) {
            boolean isNeeded = missing.operation() != AclOperation.DESCRIBE
                    && !missing.name().equals("slipway.datasets");
            if (isNeeded) {
                String dataset = "without-" + PUBLISHER.indexOf(missing);
                grant(
                        "User:publisher",
                        PUBLISHER.stream()
                                .filter(grant -> !grant.equals(missing))
                                .toList());
                assertThatThrownBy(() -> publisher(scram(SECRET))
                                .begin(publication(dataset))
                                .close())
                        .as("without %s", missing)
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining("spec/version-topic.md");
                operator.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
            }
        }
    }

    @Test
    void aWrongPasswordIsRefusedAndNotShown() {
        assertThatThrownBy(() -> publisher(scram("wrong-horse"))
                        .begin(publication("wrong"))
                        .close())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("sasl")
                .hasMessageNotContaining("wrong-horse");
        assertThat(scram(SECRET).toString()).doesNotContain(SECRET).contains("sasl.jaas.config");
    }

    @Test
    void aClientWithACertificatePublishes() throws Exception {
        grant("User:CN=client", PUBLISHER);
        KafkaSettings settings = tls("broker")
                .with("ssl.keystore.location", stores.keys("client").toString())
                .with("ssl.keystore.password", KeyStores.PASSWORD);
        assertThat(publish(settings, "mtls").manifest().digest()).isEqualTo(RECORDS.digest());
    }

    @Test
    void aClientWithoutACertificateOrWithAnotherIsRefused() throws Exception {
        KafkaSettings stranger = tls("broker")
                .with("ssl.keystore.location", stores.keys("stranger").toString())
                .with("ssl.keystore.password", KeyStores.PASSWORD);
        for (KafkaSettings settings : List.of(tls("broker"), stranger)) {
            assertRefused(settings);
        }
    }

    @Test
    void aBrokerThatIsNotTrustedIsRefused() throws Exception {
        KafkaSettings settings = tls("stranger")
                .with("ssl.keystore.location", stores.keys("client").toString())
                .with("ssl.keystore.password", KeyStores.PASSWORD);
        assertRefused(settings);
    }

    @Test
    void propertiesOfAFilePassThrough() throws Exception {
        grant("User:publisher", PUBLISHER);
        Path file = folder.resolve("client.properties");
        StringBuilder lines = new StringBuilder();
        clientProperties(SECRET)
                .forEach((name, value) ->
                        lines.append(name).append('=').append(value).append('\n'));
        Files.writeString(file, lines);
        KafkaSettings settings = KafkaSettings.of("127.0.0.1:1").withFile(file);
        assertThat(publish(settings, "file").manifest().digest()).isEqualTo(RECORDS.digest());
    }

    private void assertRefused(KafkaSettings settings) {
        assertThatThrownBy(
                        () -> publisher(settings).begin(publication("refused")).close())
                .as(settings.toString())
                .isInstanceOf(InvalidInputException.class)
                .isInstanceOf(SlipwayException.class)
                .hasMessageContaining("ssl");
    }

    private static void grant(String principal, List<Grant> grants) throws Exception {
        operator.createAcls(grants.stream().map(grant -> grant.to(principal)).toList())
                .all()
                .get();
    }

    private static Map<String, Object> clientProperties(String password) {
        return Map.of(
                "bootstrap.servers",
                broker.address(SCRAM),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "SCRAM-SHA-256",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"publisher\" password=\""
                        + password + "\";");
    }

    private static KafkaSettings scram(String password) {
        KafkaSettings settings = KafkaSettings.of(broker.address(SCRAM));
        for (Map.Entry<String, Object> property : clientProperties(password).entrySet()) {
            settings = settings.with(property.getKey(), property.getValue().toString());
        }
        return settings;
    }

    private static KafkaSettings tls(String trusted) throws Exception {
        return KafkaSettings.of(broker.address(TLS))
                .with("security.protocol", "SSL")
                .with("ssl.truststore.location", stores.trusting(trusted).toString())
                .with("ssl.truststore.password", KeyStores.PASSWORD);
    }

    private KafkaVersionPublisher publisher(KafkaSettings settings) {
        KafkaVersionPublisher publisher =
                KafkaVersionPublisher.connect(settings, InstantSource.system(), "test", "test");
        publishers.add(publisher);
        return publisher;
    }

    private CommittedVersion publish(KafkaSettings settings, String dataset) {
        try (PublishSession session = publisher(settings).begin(publication(dataset))) {
            assertThat(session.version())
                    .isEqualTo(new VersionId(publication(dataset).dataset(), 1));
            return session.commit(List.of(write(session)));
        }
    }

    private static PartitionReceipt write(PublishSession session) {
        try (PartitionWriter writer = session.openPartition(0, 0)) {
            RECORDS.records().forEach(writer::put);
            return writer.finish();
        }
    }

    private static Publication publication(String dataset) {
        return Publication.of(dataset)
                .withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE)
                .withPartitions(1)
                .withRunId(new RunId("run-1"));
    }
}
