package io.slipway.kafka.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSettingsTest {

    private static final KafkaSettings SETTINGS = KafkaSettings.of("broker:9092");

    @TempDir
    Path folder;

    @Test
    void anyPropertyOfAClientPassesThroughOverTheDefaults() {
        Map<String, Object> client =
                SETTINGS.with("linger.ms", "7").client(Map.of("linger.ms", "50", "acks", "1"), Map.of());
        assertThat(client)
                .containsEntry("linger.ms", "7")
                .containsEntry("acks", "1")
                .containsEntry("bootstrap.servers", "broker:9092");
    }

    @Test
    void nothingChangesWhatTheProtocolRestsOn() {
        Map<String, Object> client = SETTINGS.with("isolation.level", "read_uncommitted")
                .client(Map.of(), Map.of("isolation.level", "read_committed"));
        assertThat(client).containsEntry("isolation.level", "read_committed");
    }

    @Test
    void slipwaysOwnPropertiesAreNotGivenToKafka() {
        KafkaSettings settings = SETTINGS.with(KafkaSettings.PREFIX, "team-a").with(KafkaSettings.REPLICATION, "2");
        assertThat(settings.prefix()).isEqualTo("team-a");
        assertThat(settings.replication()).isEqualTo(2);
        assertThat(settings.client(Map.of(), Map.of())).containsOnlyKeys("bootstrap.servers");
    }

    @Test
    void whatIsNotAcceptableIsSaid() {
        assertRefused(KafkaSettings.PREFIX, "Team A");
        assertRefused(KafkaSettings.REPLICATION, "0");
        assertRefused(KafkaSettings.REPLICATION, "many");
        assertRefused("slipway.prefx", "team-a");
    }

    @Test
    void valuesAreNotShownBecauseTheyMayBeSecrets() throws IOException {
        Path file = folder.resolve("client.properties");
        Files.writeString(file, "sasl.jaas.config=the secret\nssl.key.password = another\n");
        assertThat(SETTINGS.withFile(file).toString())
                .contains("sasl.jaas.config", "ssl.key.password")
                .doesNotContain("the secret", "another");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> SETTINGS.withFile(folder.resolve("none")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("none");
    }

    private static void assertRefused(String name, String value) {
        assertThatThrownBy(() -> SETTINGS.with(name, value))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(name);
    }
}
