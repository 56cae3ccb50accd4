package io.slipway.model.publish;

import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.VersionId;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.value.SchemaCompatibility;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.avro.Schema;

/** What every route refuses and chooses alike when a publish begins. Stateless. */
public final class PublishRules {

    private static final long BYTES_PER_PARTITION = 64L << 20;
    private static final String PUBLISH_FULL = " Publish a full version instead.";

    private PublishRules() {}

    /**
     * The publication's schema of keys.
     *
     * @throws InvalidInputException if it has none
     */
    public static Schema keySchema(Publication publication) {
        return publication.keySchema().orElseThrow(() -> withoutSchema("key"));
    }

    /**
     * The publication's schema of values.
     *
     * @throws InvalidInputException if it has none
     */
    public static Schema valueSchema(Publication publication) {
        return publication.valueSchema().orElseThrow(() -> withoutSchema("value"));
    }

    /**
     * Checks that a dataset is published over the route at hand.
     *
     * @throws InvalidInputException if its setting names another
     */
    public static void checkRoute(DatasetName dataset, Route setting, Route route) {
        if (setting != route) {
            String own = route == Route.SST ? "as SST files" : "over " + route.label();
            throw new InvalidInputException("Dataset " + dataset + " is published over " + setting.label() + ", not "
                    + own + ". Use --route " + setting.label() + ", or change its setting `route`.");
        }
    }

    /**
     * Checks a publication's schemas against those of the current version.
     *
     * @throws InvalidInputException if its keys are others, or readers of the current values could not read the new ones
     */
    public static void checkSchemas(
            SchemaCompatibility.Mode compatibility,
            VersionId current,
            Schema currentKey,
            Schema currentValue,
            Publication publication) {
        List<String> found = KeyCodec.of(keySchema(publication)).shape();
        List<String> expected = KeyCodec.of(currentKey).shape();
        if (!found.equals(expected)) {
            throw new InvalidInputException("The key of " + current.dataset() + " is " + expected
                    + " in the current version " + current.number() + ", and would become " + found
                    + ". Readers' keys would no longer fit. Publish another dataset instead.");
        }
        SchemaCompatibility.check(compatibility, currentValue, valueSchema(publication));
    }

    /**
     * The number of partitions of a full version: the publication's, else the current version's, else by the size of the
     * inputs.
     */
    public static int partitions(Publication publication, OptionalInt current) {
        if (publication.partitions().isPresent()) {
            return publication.partitions().getAsInt();
        }
        if (current.isPresent()) {
            return current.getAsInt();
        }
        long wanted = (publication.inputBytes() + BYTES_PER_PARTITION - 1) / BYTES_PER_PARTITION;
        return (int) Math.max(1, Math.min(wanted, Partitioner.MAX_PARTITIONS));
    }

    /**
     * Checks that a publication is the same work as what its run id has published.
     *
     * @throws InvalidInputException if its inputs, parameters or job are others
     */
    public static void checkSameWork(Publication publication, Manifest manifest) {
        if (!fingerprints(publication.inputs())
                        .equals(fingerprints(manifest.provenance().inputs()))
                || !publication.parameters().equals(manifest.provenance().parameters())
                || !publication.job().equals(manifest.provenance().job())) {
            throw new InvalidInputException("Run id " + publication.runId() + " already published " + manifest.version()
                    + " from other inputs or with other options. Use a new run id for new work.");
        }
    }

    /**
     * Checks that a publication is of the kind of its run's claim.
     *
     * @param base what the claimed version is a delta on; none if it is a full version
     * @throws InvalidInputException if one is a delta and the other is not, or they are deltas on different versions
     */
    public static void checkSameKind(Publication publication, VersionId claimed, OptionalLong base) {
        if (publication.isDelta() != base.isPresent()
                || (publication.base().isPresent() && !publication.base().equals(base))) {
            throw new InvalidInputException("Run id " + publication.runId() + " is that of " + claimed + ", which is "
                    + (base.isPresent() ? "a delta on version " + base.getAsLong() : "a full version")
                    + ". Use a new run id for new work.");
        }
    }

    /**
     * Checks that a delta may be on a version: of the same route, partitions, routing fields, keys and values.
     *
     * @param base the manifest of that version
     * @param route the delta's route
     * @param routingFields the dataset's setting
     * @throws InvalidInputException if it may not
     */
    public static void checkBase(Manifest base, Route route, int routingFields, Publication publication) {
        if (base.route() != route) {
            throw unfit(
                    base,
                    "it was published over " + base.route().label() + ", not "
                            + (route == Route.SST ? "as SST files." : "over " + route.label() + "."));
        }
        int partitions = base.partitions().size();
        OptionalInt wanted = publication.partitions();
        if (wanted.isPresent() && wanted.getAsInt() != partitions) {
            throw unfit(base, "it has " + partitions + " partitions, and " + wanted.getAsInt() + " are asked for.");
        }
        if (routingFields != base.routingFields()) {
            throw unfit(
                    base,
                    "its keys are routed by " + base.routingFields() + " fields, and the setting routing.fields is "
                            + routingFields + " now.");
        }
        checkBaseSchemas(base, publication);
    }

    /**
     * Checks how many deltas are on top of one another.
     *
     * @param deltas how many there would be
     * @param most the dataset's setting
     * @throws InvalidInputException if they are too many
     */
    public static void checkChain(DatasetName dataset, int deltas, int most) {
        if (deltas > most) {
            throw new InvalidInputException("This would be delta " + deltas + " on top of one another of " + dataset
                    + ", and its setting delta.chain allows " + most + ". Publish a full version, or `slipway compact "
                    + dataset + "`.");
        }
    }

    /** The error of a base that cannot be one. */
    public static InvalidInputException refusedBase(VersionId base, String reason, String remedy) {
        return new InvalidInputException("A delta cannot be on " + base + ": " + reason + remedy);
    }

    /** The error of a base that is not a committed version. */
    public static InvalidInputException missingBase(VersionId base) {
        return refusedBase(
                base,
                "there is no such committed version.",
                " See `slipway versions " + base.dataset() + "`, or publish a full version.");
    }

    /** The error of a base that was given up. */
    public static InvalidInputException goneBase(VersionId base, String state) {
        return refusedBase(base, "it is " + state + ".", " Name another with --base, or publish a full version.");
    }

    /** The error of a delta on the current version where there is none. */
    public static InvalidInputException noCurrentBase(DatasetName dataset) {
        return new InvalidInputException("A delta of " + dataset
                + " needs a version that it changes, and none is current. Name one with --base, or publish a full"
                + " version.");
    }

    private static void checkBaseSchemas(Manifest base, Publication publication) {
        List<String> shape = KeyCodec.of(keySchema(publication)).shape();
        List<String> expected = KeyCodec.of(base.keySchema()).shape();
        if (!shape.equals(expected)) {
            throw unfit(base, "its key is " + expected + ", and that of the delta is " + shape + ".");
        }
        Schema valueSchema = valueSchema(publication);
        if (!valueSchema.equals(base.valueSchema())) {
            throw unfit(
                    base,
                    "its values are of schema " + base.valueSchema() + ", and those of the delta of " + valueSchema
                            + ".");
        }
    }

    private static List<String> fingerprints(List<InputFile> inputs) {
        return inputs.stream()
                .map(input -> input.bytes() + " " + input.fingerprint())
                .toList();
    }

    private static InvalidInputException unfit(Manifest base, String reason) {
        return refusedBase(base.version(), reason, PUBLISH_FULL);
    }

    private static InvalidInputException withoutSchema(String what) {
        return new InvalidInputException("The publication has no " + what + " schema. Give it one.");
    }
}
