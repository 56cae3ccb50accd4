package io.slipway.serving.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.digest.DigestBuilder;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.serving.staging.StagingProgress;
import io.slipway.sst.FileShape;
import io.slipway.sst.SstRecords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More records than are sorted in memory at once, and than a file holds. */
@Tag("long")
class TopicIngestLongTest {

    private static final int RECORDS = 1_000_000;
    private static final int VALUE_BYTES = 100;

    @TempDir
    private Path temporary;

    @Test
    void anUnsortedPartitionThatIsLargerThanMemoryIsSorted() throws IOException {
        Random random = new Random(1);
        try (TopicPlace place = new TopicPlace()) {
            HandWrittenTopic topic = new HandWrittenTopic(place).start(HandWrittenTopic.FIRST, false);
            byte[] value = new byte[VALUE_BYTES];
            for (long i = 0; i < RECORDS; i++) {
                random.nextBytes(value);
                // An odd factor gives every number once, in no order.
                topic.put(
                        ByteBuffer.allocate(Long.BYTES)
                                .putLong(i * 0x9E3779B97F4A7C15L)
                                .array(),
                        value.clone());
            }
            CommittedVersion version = topic.end().commit();
            place.flush();

            Path folder = Files.createDirectory(temporary.resolve("fetch"));
            List<FileEntry> files = new TopicFetcher(place.cluster(), Runnable::run, Fetching.UNBOUNDED)
                    .fetch(version, FileShape.DEFAULT, folder, new StagingProgress());
            assertThat(files).hasSize(2);
            DigestBuilder digest = new DigestBuilder();
            KeyOrder order = new KeyOrder();
            for (FileEntry file : files) {
                SstRecords.forEach(folder.resolve(file.name()), (key, found) -> {
                    assertThat(order.next(key)).isPositive();
                    digest.add(key, found);
                });
            }
            assertThat(digest.digest()).isEqualTo(version.manifest().digest());
        }
    }
}
