package io.slipway.batch;

import io.slipway.batch.type.Type;
import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.VersionId;
import java.util.OptionalLong;

/**
 * A published version of a dataset, as a job's input: {@code job.read(Version.of("route-delays", 7).as(String.class,
 * RouteDelays.class))}. Where versions are is the engine's to know. Immutable.
 */
public final class Version {

    private final DatasetName dataset;
    private final OptionalLong number;

    private Version(DatasetName dataset, OptionalLong number) {
        this.dataset = dataset;
        this.number = number;
    }

    /**
     * A version by its number.
     *
     * @throws InvalidInputException if the name or the number cannot be one
     */
    public static Version of(String dataset, long number) {
        VersionId id = new VersionId(new DatasetName(dataset), number);
        return new Version(id.dataset(), OptionalLong.of(number));
    }

    /**
     * The version that is current when the job begins.
     *
     * @throws InvalidInputException if the name cannot be one
     */
    public static Version current(String dataset) {
        return new Version(new DatasetName(dataset), OptionalLong.empty());
    }

    /** Its records with keys and values of these classes; see {@link #as(Type, Type)}. */
    public <K, V> VersionSource<K, V> as(Class<K> key, Class<V> value) {
        return as(Type.of(key), Type.of(value));
    }

    /**
     * Its records with keys and values of these types. The keys must be of the type that the version was published with;
     * values are resolved from the version's schema into that of the type, by the rules of Avro.
     */
    public <K, V> VersionSource<K, V> as(Type<K> key, Type<V> value) {
        return new VersionSource<>(dataset, number, key, value);
    }
}
