package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DemoCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command =
            Slipway.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @ParameterizedTest
    @ValueSource(strings = {"sst", "kafka"})
    void twoVersionsAndARollbackAreReadWithoutAWrongReply(String route) {
        int exitCode = command.execute("demo", "--once", "--seconds", "1", "--route", route);

        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines())
                .contains("errors: 0", "mixed replies: 0", "versions seen: 1, 2")
                .anyMatch(line -> line.matches("lookups: [1-9][0-9]+"))
                .anyMatch(line -> line.matches("swap: \\d{4}-.*Z, \\d+ ms after the version was published.*"));
        assertThat(exitCode).isZero();
    }

    @Test
    void aPortThatIsTakenIsNamedWithTheWayOut() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            int exitCode = command.execute("demo", "--port", port);

            assertThat(exitCode).isEqualTo(Failures.FAILED);
            assertThat(err.toString().lines())
                    .singleElement()
                    .asString()
                    .contains("Port " + port + " cannot be used")
                    .contains("--port");
            assertThat(out.toString()).isEmpty();
        }
    }
}
