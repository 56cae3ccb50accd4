package io.slipway.sst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.CorruptDataException;
import io.slipway.model.FencedException;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.repository.Layout;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.model.storage.StoredFile;
import io.slipway.testkit.MemoryFolders;
import io.slipway.testkit.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of a version are there when, and that nobody deletes one too early. */
class SstLeftoversTest {

    @TempDir(factory = MemoryFolders.class)
    Path folder;

    private SstRouteUnderTest route;

    @BeforeEach
    void open() {
        route = new SstRouteUnderTest(new LocalFolderStorage(folder));
    }

    @AfterEach
    void close() {
        route.close();
    }

    @Test
    void filesAreNamedAfterPartitionSessionAndAttemptAndThereWhenFinished() {
        PublishSession first = begin();
        try (PartitionWriter writer = first.openPartition(0, 0)) {
            put(writer, "first");
            assertThat(files(first.version())).isEmpty();
            writer.finish();
            assertThat(files(first.version())).containsExactly("part-00000-1-0.sst");
        }
        write(begin(), 3, "second");
        assertThat(files(first.version())).containsExactly("part-00000-1-0.sst", "part-00000-2-3.sst");
    }

    @Test
    void aReceiptHoldsAsLongAsItsFileIsThereByteByByte() throws IOException {
        PublishSession session = begin();
        PartitionReceipt receipt = write(session, 0, "first");
        assertThat(session.holds(receipt)).isTrue();
        Path file = folder.resolve(
                Layout.file(session.version(), receipt.files().get(0).name()));
        byte[] bytes = Files.readAllBytes(file);

        bytes[bytes.length / 2] ^= 1;
        file.toFile().setWritable(true);
        Files.write(file, bytes);
        assertThat(session.holds(receipt)).as("one bit is wrong").isFalse();

        Files.delete(file);
        assertThat(session.holds(receipt)).as("the file is gone").isFalse();
    }

    @Test
    void anEmptyPartitionHasNoFile() {
        PublishSession session = begin();
        CommittedVersion version;
        try (PartitionWriter writer = session.openPartition(0, 0)) {
            version = session.commit(List.of(writer.finish()));
        }
        assertThat(version.manifest().files()).isEmpty();
        assertThat(files(session.version())).isEmpty();
    }

    @Test
    void theCommitDeletesWhatTheManifestDoesNotName() {
        PublishSession older = begin();
        write(older, 0, "older");
        PublishSession newer = begin();
        write(newer, 0, "lost attempt");
        PartitionReceipt receipt = write(newer, 1, "winner");
        assertThat(files(newer.version())).as("before the decision").hasSize(3);
        newer.commit(List.of(receipt));
        assertThat(files(newer.version())).containsExactly("part-00000-2-1.sst");
    }

    @Test
    void anAbortDeletesEverythingAndAnOlderSessionsNothing() {
        PublishSession older = begin();
        write(older, 0, "older");
        PublishSession newer = begin();
        write(newer, 0, "newer");
        older.abort("only this process gives up");
        older.close();
        assertThat(files(newer.version())).hasSize(2);
        newer.abort("wrong input");
        assertThat(files(newer.version())).isEmpty();
        assertThat(route.repository().claim(newer.version()))
                .as("stays for ever")
                .isPresent();
    }

    @Test
    void anAbortAfterTheCommitDeletesOnlyLeftovers() {
        PublishSession session = begin();
        session.commit(List.of(write(session, 0, "winner")));
        write(session, 1, "zombie");
        session.abort("late");
        assertThat(files(session.version())).containsExactly("part-00000-1-0.sst");
    }

    @Test
    void aZombieCannotTakeTheNameOfAFileOfTheVersion() {
        PublishSession session = begin();
        PartitionWriter zombie = session.openPartition(0, 0);
        put(zombie, "zombie");
        CommittedVersion version = session.commit(List.of(write(session, 0, "winner")));
        assertThatThrownBy(zombie::finish)
                .isInstanceOf(FencedException.class)
                .hasMessageContainingAll("Attempt 0 at partition 0", "new attempt number");
        zombie.close();
        assertThat(new BundleVerifier(VersionFiles.of(route.repository()))
                        .verify(session.version(), BundleVerifier.Depth.RECORDS, bytes -> {})
                        .problems())
                .isEmpty();
        assertThat(version.manifest().digest().records()).isEqualTo(1);
    }

    @Test
    void aFileThatIsGoneOrCutBeforeTheCommitStopsIt() {
        PublishSession session = begin();
        PartitionReceipt receipt = write(session, 0, "first");
        String path = Layout.file(session.version(), "part-00000-1-0.sst");
        route.storage().delete(path);
        assertThatThrownBy(() -> session.commit(List.of(receipt)))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContainingAll(path, "expected " + receipt.bytes() + " bytes", "found no file");
        route.storage().createIfAbsent(path, new byte[10]);
        assertThatThrownBy(() -> session.commit(List.of(receipt)))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContainingAll(path, "found 10 bytes");
        assertThat(route.complete(session.version().dataset())).isEmpty();
        session.commit(List.of(write(session, 1, "again")));
        assertThat(route.complete(session.version().dataset())).containsExactly(session.version());
    }

    @Test
    void bothOfTwoSessionsThatCommitGetTheVersionThoughTheLosersFilesAreGone() {
        PublishSession older = begin();
        List<PartitionReceipt> lost = List.of(write(older, 0, "older"));
        PublishSession newer = begin();
        CommittedVersion version = newer.commit(List.of(write(newer, 0, "newer")));
        assertThat(files(newer.version())).containsExactly("part-00000-2-0.sst");
        assertThat(older.commit(lost)).isEqualTo(version);
        assertThat(files(newer.version())).containsExactly("part-00000-2-0.sst");
    }

    private PublishSession begin() {
        return route.publisher()
                .begin(Publication.of("route-delays")
                        .withRunId(new RunId("run-1"))
                        .withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE));
    }

    private static PartitionReceipt write(PublishSession session, int attempt, String text) {
        try (PartitionWriter writer = session.openPartition(0, attempt)) {
            put(writer, text);
            return writer.finish();
        }
    }

    private static void put(PartitionWriter writer, String text) {
        writer.put(SampleRecords.key("key"), SampleRecords.value(1, null, text));
    }

    private List<String> files(VersionId version) {
        return route.repository().files(version).stream()
                .map(StoredFile::name)
                .filter(name -> name.endsWith(".sst"))
                .toList();
    }
}
