package io.slipway.kafka.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    private static final String TOPIC = "words";

    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsThereAfterARestartAndInTheNextBrokerOnTheFolder() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder))) {
            createTopic(broker.address());
            write(broker.address(), "one");
            broker.restart();
            write(broker.address(), "two");
            assertThat(read(broker.address(), 2)).containsExactly("one", "two");
        }
        try (EmbeddedBroker next = EmbeddedBroker.start(BrokerSettings.in(folder))) {
            assertThat(read(next.address(), 2)).containsExactly("one", "two");
        }
    }

    @Test
    void whatWasAcknowledgedIsThereAfterTheProcessWasKilled() throws Exception {
        Process first = process("0");
        String address = ready(first);
        createTopic(address);
        write(address, "one");
        first.destroyForcibly().waitFor();

        Process second = process(address.substring(address.indexOf(':') + 1));
        try {
            assertThat(ready(second)).isEqualTo(address);
            assertThat(read(address, 1)).containsExactly("one");
        } finally {
            second.destroyForcibly().waitFor();
        }
    }

    @Test
    void aPortThatIsTakenIsSaid() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder.resolve("one")))) {
            int taken = Integer.parseInt(broker.address().substring("127.0.0.1:".length()));
            BrokerSettings same = BrokerSettings.in(folder.resolve("two")).withPort(taken);
            assertThatThrownBy(() -> EmbeddedBroker.start(same).close())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll(broker.address(), "free port");
        }
    }

    private Process process(String port) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path")));
        Optional.ofNullable(System.getProperty("logback.configurationFile"))
                .ifPresent(file -> command.add("-Dlogback.configurationFile=" + file));
        command.addAll(
                List.of(BrokerProcess.class.getName(), folder.resolve("process").toString(), port));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String ready(Process process) throws IOException {
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(BrokerProcess.READY)) {
                return line.substring(BrokerProcess.READY.length());
            }
        }
        throw new AssertionError("The broker ended before it was ready");
    }

    private static void createTopic(String address) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static void write(String address, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, value)).get();
        }
    }

    private static List<String> read(String address, int count) {
        List<String> values = new ArrayList<>();
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", address, "auto.offset.reset", "none"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).records(partition).stream()
                        .map(ConsumerRecord::value)
                        .forEach(values::add);
            }
        }
        return values;
    }
}
