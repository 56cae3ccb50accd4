package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.model.InvalidInputException;
import io.slipway.serving.NodeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeSettingTest {

    @TempDir
    private Path folder;

    private final NodeSettings defaults = NodeSettings.of(Path.of("data"));

    @Test
    void aFileSetsWhatItNamesAndNothingElse() throws IOException {
        NodeSettings settings = apply("port=9090\n# a remark\nidle.timeout = 5s\nblock.cache=1g\n");

        assertThat(settings)
                .isEqualTo(defaults.withPorts(9090, 8081)
                        .withIdleTimeout(Duration.ofSeconds(5))
                        .withBlockCacheBytes(1L << 30));
    }

    @Test
    void theDefaultsInTheReferenceAreTheDefaults() throws IOException {
        String all = ServeSetting.ALL.stream()
                .map(setting -> setting.name() + "=" + setting.defaultText())
                .collect(Collectors.joining("\n"));

        assertThat(apply(all)).isEqualTo(defaults);
    }

    @Test
    void aClusterIsNamedWithTheFileThatHasItsSecrets() throws IOException {
        Path secrets = folder.resolve("kafka.properties");
        Files.writeString(secrets, "slipway.prefix=team\nsasl.jaas.config=secret");

        KafkaSettings cluster =
                apply("kafka.config=" + secrets + "\nkafka=a:1,b:2").kafka().orElseThrow();

        assertThat(cluster.servers()).isEqualTo("a:1,b:2");
        assertThat(cluster.prefix()).isEqualTo("team");
        assertThat(cluster.toString()).contains("sasl.jaas.config").doesNotContain("secret");
        assertThatThrownBy(() -> apply("kafka.config=" + secrets)).hasMessageContaining("setting kafka");
        assertThatThrownBy(() -> apply("kafka=here")).hasMessageContaining("'here' does not name brokers");
    }

    @Test
    void anUnknownNameIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> apply("prot=9090"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'prot' is not a setting")
                .hasMessageContaining("port, admin.port");
    }

    @Test
    void aWrongValueIsRefusedWithFileNameAndValue() {
        assertThatThrownBy(() -> apply("port=http"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("serve.properties, port: 'http' is not a whole number");
        assertThatThrownBy(() -> apply("idle.timeout=soon"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'soon' is not a duration");
    }

    private NodeSettings apply(String lines) throws IOException {
        Path file = folder.resolve("serve.properties");
        Files.writeString(file, lines);
        return ServeSetting.applyFile(file, defaults);
    }
}
