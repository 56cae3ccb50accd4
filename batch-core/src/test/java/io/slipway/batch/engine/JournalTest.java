package io.slipway.batch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.batch.engine.ScratchFaults.Kind;
import io.slipway.batch.shuffle.LocalScratch;
import io.slipway.batch.shuffle.Scratch;
import io.slipway.model.json.SealedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir
    Path folder;

    private Scratch scratch;
    private Path file;

    @BeforeEach
    void openScratch() {
        scratch = LocalScratch.in(folder);
        file = scratch.file("journal");
    }

    @Test
    void entriesAreThereWhenItIsOpenedAgain() throws IOException {
        append(scratch, "one", "two\nlines");
        append(scratch, "three");
        assertThat(entries()).containsExactly("one", "two\nlines", "three");
    }

    @Test
    void anEntryThatIsCutOffAnywhereIsNoneAndTheNextTakesItsPlace() throws IOException {
        append(scratch, "one");
        long whole = Files.size(file);
        append(scratch, "two");
        byte[] both = Files.readAllBytes(file);
        for (int length = (int) whole; length < both.length; length++) {
            Files.write(file, Arrays.copyOf(both, length));
            assertThat(entries()).as("cut to %d bytes", length).containsExactly("one");
            append(scratch, "3");
            assertThat(entries()).as("cut to %d bytes", length).containsExactly("one", "3");
        }
    }

    @Test
    void whatIsBehindAWrongBitIsNotTaken() throws IOException {
        append(scratch, "one");
        int first = (int) Files.size(file);
        append(scratch, "two", "three");
        byte[] bytes = Files.readAllBytes(file);
        for (int at = first; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 1;
            Files.write(file, damaged);
            assertThat(entries()).as("byte %d", at).hasSizeLessThan(3).startsWith("one");
        }
    }

    @Test
    void anAppendThatFailedHalfWayDoesNotHideTheNext() throws IOException {
        FaultyScratch faulty = new FaultyScratch(scratch, ScratchFaults.at(Kind.FAIL, 2));
        try (Journal journal = Journal.open(faulty, file)) {
            journal.append(entry("one"));
            assertThatThrownBy(() -> journal.append(entry("a long entry that is cut off")))
                    .isInstanceOf(IOException.class);
            journal.append(entry("2"));
        }
        assertThat(entries()).containsExactly("one", "2");
    }

    private void append(Scratch to, String... texts) throws IOException {
        try (Journal journal = Journal.open(to, file)) {
            for (String text : texts) {
                journal.append(entry(text));
            }
        }
    }

    private List<String> entries() throws IOException {
        try (Journal journal = Journal.open(scratch, file)) {
            return journal.entries().stream().map(entry -> entry.text("text")).toList();
        }
    }

    private static ObjectNode entry(String text) {
        return SealedJson.object().put("text", text);
    }
}
