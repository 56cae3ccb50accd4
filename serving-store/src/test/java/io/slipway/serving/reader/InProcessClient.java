package io.slipway.serving.reader;

import static org.awaitility.Awaitility.await;

import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.UnavailableException;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.value.ValueJson;
import io.slipway.serving.NodeSettings;
import io.slipway.serving.TestRepository;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads inside the process. */
final class InProcessClient implements ReadClient {

    private final SlipwayReader reader;

    InProcessClient(TestRepository repository, NodeSettings settings) {
        reader = SlipwayReader.open(repository.storage(), settings);
    }

    SlipwayReader reader() {
        return reader;
    }

    @Override
    public Optional<byte[]> get(String dataset, long version, Object key) {
        return read(() -> of(dataset, version).get(key));
    }

    @Override
    public Optional<String> json(String dataset, long version, Object key) {
        return get(dataset, version, key).map(value -> json(dataset, version, value));
    }

    @Override
    public Batch batchGet(String dataset, long version, List<?> keys) {
        BatchResult<byte[]> batch = read(() -> of(dataset, version).batchGet(keys));
        return new Batch(
                batch.version(),
                batch.found().stream()
                        .map(found -> pair(dataset, version, found))
                        .toList(),
                batch.missing().stream()
                        .map(key -> keyJson(dataset, version, key))
                        .toList());
    }

    @Override
    public List<Pair> scan(String dataset, long version, Range range) {
        return read(() -> {
            ScanRange scanned = range.prefix().isEmpty()
                    ? ScanRange.all()
                    : ScanRange.prefix(range.prefix().toArray());
            scanned = scanned.from(range.from().toArray()).to(range.to().toArray());
            List<Pair> pairs = new ArrayList<>();
            try (Scan<byte[]> scan = of(dataset, version).scan(scanned)) {
                scan.forEachRemaining(record -> pairs.add(pair(dataset, version, record)));
            }
            return pairs;
        });
    }

    @Override
    public long version(String dataset) {
        return read(() -> reader.dataset(dataset).version().number());
    }

    @Override
    public void awaitVersion(String dataset, long version) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    try {
                        reader.refresh();
                        return version(dataset) == version;
                    } catch (FailedRead e) {
                        return false;
                    }
                });
    }

    @Override
    public void close() {
        reader.close();
    }

    private DatasetReader of(String dataset, long version) {
        DatasetReader current = reader.dataset(dataset);
        return version == CURRENT ? current : current.at(version);
    }

    private Pair pair(String dataset, long version, KeyedValue<byte[]> record) {
        return new Pair(keyJson(dataset, version, record.key()), json(dataset, version, record.value()));
    }

    private String keyJson(String dataset, long version, Object key) {
        KeyCodec keys = KeyCodec.of(of(dataset, version).keySchema());
        return keys.toJson(keys.encode(key)).toString();
    }

    private String json(String dataset, long version, byte[] value) {
        return new String(ValueJson.of(of(dataset, version).valueSchema()).toJson(value), StandardCharsets.UTF_8);
    }

    private static <T> T read(Supplier<T> read) {
        try {
            return read.get();
        } catch (NotFoundException e) {
            throw new FailedRead(
                    e.getMessage().startsWith("Version") ? Failure.VERSION_GONE : Failure.NO_SUCH_DATASET,
                    e.getMessage());
        } catch (UnavailableException e) {
            throw new FailedRead(Failure.NO_CURRENT_VERSION, e.getMessage());
        } catch (InvalidInputException e) {
            throw new FailedRead(Failure.BAD_KEY, e.getMessage());
        }
    }
}
