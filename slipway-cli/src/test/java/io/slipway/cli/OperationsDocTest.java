package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.catalog.GateSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keeps the gates in {@code docs/operations.md} what they are. */
class OperationsDocTest {

    @Test
    void theTableOfGatesHasEveryGateWithItsDefault() throws IOException {
        Path file = Path.of(System.getProperty("slipway.home"), "docs", "operations.md");
        List<String> rows = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("| `gate."))
                .toList();
        assertThat(rows).hasSameSizeAs(GateSettings.ALL);
        for (int i = 0; i < rows.size(); i++) {
            var setting = GateSettings.ALL.get(i);
            assertThat(rows.get(i)).startsWith("| `" + setting.name() + "` | `" + setting.defaultText() + "` | ");
        }
    }
}
