package io.slipway.examples.bulk;

import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.kafka.read.TopicVersion;
import io.slipway.kafka.read.VersionTopicReader;
import io.slipway.model.DatasetName;
import io.slipway.model.SlipwayException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Follows a dataset, and writes each version into a folder as a file for a bulk request, all or nothing. A full version is a
 * file of all its records, for a new index; a delta is a file of its changes, for the index of the full version that it is on.
 * Files are to be applied in the order of their names; all but the last may be deleted once they are.
 *
 * <p>Where it is, only the last file's name says, which appears with the whole file: killed at any moment, a subscriber that
 * is started again goes on after the last version that is whole. Used by one thread.
 */
public final class BulkSubscriber implements AutoCloseable {

    private static final Duration LOOK_FOR = Duration.ofMinutes(1);

    private final VersionTopicReader reader;
    private final DatasetName dataset;
    private final BulkFolder folder;

    private BulkSubscriber(VersionTopicReader reader, DatasetName dataset, BulkFolder folder) {
        this.reader = reader;
        this.dataset = dataset;
        this.folder = folder;
    }

    /**
     * A subscriber that goes on after what is in its folder; where that is nothing, it begins with the latest version.
     *
     * @param settings how to reach the cluster
     * @param dataset what to follow
     * @param folder where the files go, of this dataset alone
     * @throws io.slipway.model.UnavailableException if the folder cannot be used
     */
    public static BulkSubscriber open(KafkaSettings settings, DatasetName dataset, Path folder) {
        BulkFolder files = new BulkFolder(folder);
        BulkFile last = files.last();
        VersionTopicReader reader = VersionTopicReader.open(settings, dataset);
        if (!last.equals(BulkFile.NONE)) {
            reader.after(last.version());
        }
        return new BulkSubscriber(reader, dataset, files);
    }

    /**
     * Writes the next version. To be closed after it has thrown anything.
     *
     * @param atMost how long to wait for one
     * @return its file; none if there is no further version yet
     * @throws io.slipway.model.CorruptDataException if the version is not what its manifest says
     * @throws io.slipway.model.UnavailableException if the cluster cannot be reached, or the file cannot be written
     */
    public Optional<Path> writeNext(Duration atMost) {
        return reader.next(atMost).map(this::write);
    }

    @Override
    public void close() {
        reader.close();
    }

    private Path write(TopicVersion version) {
        BulkFile file = folder.last().next(version.manifest());
        String index = file.index(dataset.value());
        return folder.write(file, out -> version.read(new BulkLines(version.manifest(), index, out)));
    }

    /**
     * Follows a dataset until the process is ended.
     *
     * @param args the brokers, {@code host:port[,host:port…]}; the dataset; the folder; and if you like a file with properties
     *     of Kafka's clients
     */
    public static void main(String[] args) {
        if (args.length < 3 || args.length > 4) {
            System.err.println("Give the brokers as HOST:PORT, a dataset, a folder, and if you like a file with"
                    + " properties of Kafka's clients.");
            System.exit(2);
        }
        KafkaSettings servers = KafkaSettings.of(args[0]);
        try (BulkSubscriber subscriber = open(
                args.length == 4 ? servers.withFile(Path.of(args[3])) : servers,
                new DatasetName(args[1]),
                Path.of(args[2]))) {
            while (true) {
                subscriber.writeNext(LOOK_FOR).ifPresent(file -> System.out.println("Wrote " + file));
            }
        } catch (SlipwayException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
