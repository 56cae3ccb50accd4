package io.slipway.serving.reader;

import io.slipway.model.CorruptDataException;
import io.slipway.model.UnavailableException;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.store.RecordScan;
import io.slipway.serving.view.Snapshot;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The records of a range in the order of their keys, all of one version, which stays open until this is closed. Not
 * thread-safe, and used once.
 */
public final class Scan<T> implements Iterator<KeyedValue<T>>, AutoCloseable {

    private final Snapshot snapshot;
    private final OpenVersion version;
    private final RecordScan records;
    private final ValueMapper<T> mapper;
    private State state = State.UNKNOWN;
    private boolean isOpen = true;

    private enum State {
        UNKNOWN,
        AT_RECORD,
        ENDED
    }

    Scan(Snapshot pinned, OpenVersion version, RecordScan records, ValueMapper<T> mapper) {
        this.snapshot = pinned;
        this.version = version;
        this.records = records;
        this.mapper = mapper;
    }

    /** The version that is read. */
    public long version() {
        return version.id().number();
    }

    /**
     * Whether there is another record.
     *
     * @throws UnavailableException if the copy on this machine is damaged and is being fetched again
     */
    @Override
    public boolean hasNext() {
        if (state == State.UNKNOWN) {
            try {
                state = records.next() ? State.AT_RECORD : State.ENDED;
            } catch (CorruptDataException e) {
                throw DatasetReader.damaged(e);
            }
        }
        return state == State.AT_RECORD;
    }

    @Override
    public KeyedValue<T> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<Object> key = version.keys().decode(records.key());
        T value = mapper.map(records.value());
        state = State.UNKNOWN;
        return new KeyedValue<>(version.keys().isRecord() ? key : key.get(0), value);
    }

    /** Ends it; there is no record any more. */
    @Override
    public void close() {
        if (isOpen) {
            isOpen = false;
            state = State.ENDED;
            records.close();
            snapshot.close();
        }
    }
}
