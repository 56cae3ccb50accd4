package io.slipway.batch;

import io.slipway.batch.type.Type;
import io.slipway.model.DatasetName;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * The records of a published version, before an engine has looked it up; made by {@link Version}.
 * Immutable.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public final class VersionSource<K, V> implements Source<KeyValue<K, V>> {

    private final DatasetName dataset;
    private final OptionalLong number;
    private final Type<K> keyType;
    private final Type<V> valueType;

    VersionSource(DatasetName dataset, OptionalLong number, Type<K> keyType, Type<V> valueType) {
        this.dataset = dataset;
        this.number = number;
        this.keyType = keyType;
        this.valueType = valueType;
    }

    /** The dataset. */
    public DatasetName dataset() {
        return dataset;
    }

    /** The version's number; absent for the one that is current when the job begins. */
    public OptionalLong number() {
        return number;
    }

    /** How keys are written. */
    public Type<K> keyType() {
        return keyType;
    }

    /** How values are written. */
    public Type<V> valueType() {
        return valueType;
    }

    @Override
    public String label() {
        return number.isPresent() ? dataset + " version " + number.getAsLong() : "current version of " + dataset;
    }

    @Override
    public Type<KeyValue<K, V>> type() {
        throw new IllegalStateException("Keys and values have types of their own");
    }

    @Override
    public List<Path> files() {
        return List.of();
    }

    @Override
    public List<Split> splits(long targetBytes) {
        throw notOpen();
    }

    @Override
    public void read(Split split, SourceContext<KeyValue<K, V>> context) {
        throw notOpen();
    }

    private IllegalStateException notOpen() {
        return new IllegalStateException("The " + label() + " has not been opened");
    }
}
