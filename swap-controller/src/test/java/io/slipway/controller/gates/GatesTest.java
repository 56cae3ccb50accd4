package io.slipway.controller.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.DatasetSettings;
import io.slipway.model.catalog.GateReport;
import io.slipway.model.catalog.GateResult;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.Delta;
import io.slipway.model.manifest.FieldStatistics;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.PartitionEntry;
import io.slipway.model.manifest.Provenance;
import io.slipway.model.node.DataFindings;
import io.slipway.model.node.DataFindings.Failure;
import io.slipway.model.node.DataFindings.SampledChanges;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class GatesTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final Schema PRICE =
            SchemaBuilder.record("Value").fields().requiredDouble("price").endRecord();
    private static final Schema COST =
            SchemaBuilder.record("Value").fields().requiredDouble("cost").endRecord();

    private static final DatasetSettings OFF = DatasetSettings.DEFAULTS
            .with("gate.empty", "off")
            .with("gate.records.drop", "off")
            .with("gate.nulls", "off")
            .with("gate.mean.drift", "off");

    @Test
    void theSameAgainPassesEveryGateThatIsOnByDefault() {
        GateReport report = run(DatasetSettings.DEFAULTS, Optional.of(records(1000)), records(1000));

        assertThat(report.isHeld()).isFalse();
        assertThat(report.reason()).isEmpty();
        assertThat(report.against()).isEqualTo(OptionalLong.of(1));
        assertThat(report.results())
                .extracting(GateResult::gate)
                .containsExactly("empty", "records.drop", "schema", "nulls", "mean.drift");
    }

    @Test
    void aFirstPublicationPassesWhateverComparesEvenIfItIsEmpty() {
        GateReport report = run(DatasetSettings.DEFAULTS, Optional.empty(), records(0));

        assertThat(report.isHeld()).isFalse();
        assertThat(report.against()).isEmpty();
    }

    @Test
    void aVersionWithThirtyPercentOfItsRecordsGoneIsHeldWithTheNumbers() {
        GateReport report = run(DatasetSettings.DEFAULTS, Optional.of(records(1000)), records(700));

        assertThat(report.isHeld()).isTrue();
        assertThat(report.reason()).isEqualTo("The records fell by 30%, from 1,000 to 700; the limit is 20%.");
        GateResult drop = result(report, "records.drop");
        assertThat(drop.measured()).contains(30.0);
        assertThat(drop.limit()).contains(20.0);
    }

    @Test
    void aLimitIsWhatIsJustAllowed() {
        assertThat(drop(1000, 800)).isTrue();
        assertThat(drop(1000, 799)).isFalse();
        assertThat(drop(15, 12)).as("a share that has no exact double").isTrue();
        assertThat(drop(1000, 1_000_000)).as("growth is no drop").isTrue();
    }

    private static boolean drop(long before, long after) {
        GateReport report = run(DatasetSettings.DEFAULTS, Optional.of(records(before)), records(after));
        return result(report, "records.drop").passed();
    }

    @Test
    void anEmptyVersionIsHeldEvenWhereAnyDropIsAllowed() {
        GateReport report =
                run(DatasetSettings.DEFAULTS.with("gate.records.drop", "off"), Optional.of(records(3)), records(0));

        assertThat(report.reason()).isEqualTo("The version is empty, and the current one has 3 records.");
        assertThat(run(OFF, Optional.of(records(3)), records(0)).isHeld()).isFalse();
        assertThat(run(DatasetSettings.DEFAULTS, Optional.of(records(0)), records(0))
                        .isHeld())
                .as("empty as before")
                .isFalse();
    }

    @Test
    void growthIsHeldWhereALimitIsSet() {
        DatasetSettings settings = OFF.with("gate.records.growth", "50%").with("gate.bytes.growth", "50%");

        assertThat(run(settings, Optional.of(records(1000)), records(1500)).isHeld())
                .isFalse();
        assertThat(run(settings, Optional.of(records(1000)), records(1501)).reason())
                .isEqualTo("The records grew by 50.1%, from 1,000 to 1,501; the limit is 50%."
                        + " The bytes grew by 50.1%, from 10,000 to 15,010; the limit is 50%.");
    }

    @Test
    void theFewestAndTheMostRecordsHoldAFirstPublicationToo() {
        DatasetSettings settings = OFF.with("gate.records.least", "10").with("gate.records.most", "20");

        for (long fits : new long[] {10, 20}) {
            assertThat(run(settings, Optional.empty(), records(fits)).isHeld()).isFalse();
        }
        assertThat(run(settings, Optional.empty(), records(9)).reason())
                .isEqualTo("There are 9 records; at least 10 are asked for.");
        assertThat(run(settings, Optional.empty(), records(21)).reason())
                .isEqualTo("There are 21 records; at most 20 are asked for.");
    }

    @Test
    void aFieldGoneNullIsHeldWithTheNumbers() {
        GateReport report = run(
                DatasetSettings.DEFAULTS,
                Optional.of(with(field("price", 100, 2, 0, 10, 5), field("city", 100, 0, 0, 1, 0.5))),
                with(field("price", 100, 3, 0, 10, 5), nulls("city", 100, 100)));

        assertThat(report.reason())
                .isEqualTo("The share of nulls in city rose by 100 points, from 0% to 100%; the limit is 10%.");
    }

    @Test
    void nullsMayRiseByThePointsOfTheLimitAndFallAsTheyLike() {
        assertThat(run(DatasetSettings.DEFAULTS, Optional.of(with(nulls("city", 30, 10))), with(nulls("city", 30, 13)))
                        .isHeld())
                .isFalse();
        assertThat(run(DatasetSettings.DEFAULTS, Optional.of(with(nulls("city", 30, 10))), with(nulls("city", 30, 14)))
                        .isHeld())
                .isTrue();
        assertThat(run(DatasetSettings.DEFAULTS, Optional.of(with(nulls("city", 30, 30))), with(nulls("city", 30, 0)))
                        .isHeld())
                .isFalse();
    }

    @Test
    void aShiftedMeanIsHeldWithTheNumbers() {
        GateReport report = run(
                DatasetSettings.DEFAULTS.with("gate.mean.drift", "10%"),
                Optional.of(with(field("price", 100, 0, 0, 100, 40))),
                with(field("price", 100, 0, 0, 100, 55)));

        assertThat(report.reason())
                .isEqualTo("The mean of price moved by 15% of its scale, from 40 to 55; the limit is 10%.");
    }

    @Test
    void aWrongUnitIsHeldByDefault() {
        GateReport report = run(
                DatasetSettings.DEFAULTS,
                Optional.of(with(field("kilometres", 100, 0, 1, 90, 40))),
                with(field("kilometres", 100, 0, 1000, 90_000, 40_000)));

        assertThat(report.isHeld()).isTrue();
        assertThat(report.reason()).contains("The mean of kilometres moved by", "from 40 to 40,000");
    }

    @Test
    void aTimeThatGrowsIsNotHeld() {
        double day = 86_400;
        double then = 1.7e9;
        GateReport report = run(
                DatasetSettings.DEFAULTS.with("gate.mean.drift", "1%").with("gate.range.drift", "1%"),
                Optional.of(with(field("seconds", 100, 0, then, then + day, then + day / 2))),
                with(field("seconds", 100, 0, then + day, then + 2 * day, then + 1.5 * day)));

        assertThat(report.isHeld()).isFalse();
    }

    @Test
    void whatWasZeroEverywhereAndIsNotAnyMoreHasMovedInfinitelyFar() {
        GateReport report = run(
                DatasetSettings.DEFAULTS,
                Optional.of(with(field("score", 10, 0, 0, 0, 0))),
                with(field("score", 10, 0, 0, 1, 0.5)));

        assertThat(result(report, "mean.drift").passed()).isFalse();
        assertThat(result(report, "mean.drift").measured()).isEmpty();
    }

    @Test
    void aWiderRangeIsHeldWhereALimitIsSet() {
        DatasetSettings settings = OFF.with("gate.range.drift", "50%");
        Manifest current = with(field("price", 10, 0, 0, 100, 50));

        assertThat(run(settings, Optional.of(current), with(field("price", 10, 0, -50, 150, 50)))
                        .isHeld())
                .isFalse();
        assertThat(run(settings, Optional.of(current), with(field("price", 10, 0, -51, 100, 50)))
                        .reason())
                .isEqualTo("The range of price widened by 51% of its scale, from 0 … 100 to -51 … 100;"
                        + " the limit is 50%.");
    }

    @Test
    void theWorstFieldIsTheOneThatIsNamed() {
        GateReport report = run(
                DatasetSettings.DEFAULTS,
                Optional.of(with(nulls("a", 100, 0), nulls("b", 100, 0), nulls("c", 100, 0))),
                with(nulls("a", 100, 20), nulls("b", 100, 40), nulls("c", 100, 30)));

        assertThat(result(report, "nulls").measured()).contains(40.0);
        assertThat(report.reason()).contains("nulls in b");
    }

    @Test
    void anIncompatibleSchemaIsHeldUnlessTheDatasetAsksForNothing() {
        Optional<Manifest> current = Optional.of(manifest(PRICE, 0, List.of(), 10));
        Manifest next = manifest(COST, 0, List.of(), 10);

        assertThat(run(DatasetSettings.DEFAULTS, current, next).reason()).contains("price");
        assertThat(run(DatasetSettings.DEFAULTS.with("compatibility", "none"), current, next)
                        .isHeld())
                .isFalse();
    }

    @Test
    void unequalPartitionsAreHeldWhereALimitIsSet() {
        DatasetSettings settings = OFF.with("gate.partition.skew", "200%");

        assertThat(run(settings, Optional.empty(), manifest(PRICE, 0, List.of(), 100, 0))
                        .isHeld())
                .isFalse();
        assertThat(run(settings, Optional.empty(), manifest(PRICE, 0, List.of(), 99, 1, 0))
                        .reason())
                .isEqualTo("The largest partition has, of an equal share, 297%; the limit is 200%.");
    }

    @Test
    void manyDuplicatesAreHeldWhereALimitIsSet() {
        DatasetSettings settings = OFF.with("gate.duplicates", "25%");

        assertThat(run(settings, Optional.empty(), manifest(PRICE, 25, List.of(), 75))
                        .isHeld())
                .isFalse();
        assertThat(run(settings, Optional.empty(), manifest(PRICE, 30, List.of(), 70))
                        .reason())
                .isEqualTo("Of the records that were written, duplicates were 30%; the limit is 25%.");
    }

    @Test
    void aGateThatCannotBeEvaluatedHoldsTheVersion() {
        FieldGate broken = new FieldGate(io.slipway.model.catalog.GateSettings.NULLS, (before, after) -> {
            throw new IllegalStateException("no figures");
        });
        Manifest manifest = with(nulls("a", 10, 0));

        GateReport report = Gates.run(
                List.of(broken, new EmptyGate()),
                new Comparison(
                        DatasetSettings.DEFAULTS,
                        Optional.of(manifest),
                        manifest.digest().records(),
                        manifest,
                        Optional.of(manifest.digest().records()),
                        Optional.empty()));

        assertThat(report.isHeld()).isTrue();
        assertThat(report.reason())
                .contains("The gate nulls could not be evaluated, which holds the version", "no figures");
        assertThat(report.results()).hasSize(2);
    }

    @Test
    void theCanariesThatFailedAreNamedAndTheOthersCounted() {
        DatasetSettings settings = OFF.with("gate.canary", "a exists; b exists; c exists; d exists; e exists");
        List<Failure> failures = List.of(
                new Failure("a exists", "there is no such key"),
                new Failure("b: n = 1", "it is 2"),
                new Failure("c: " + "x".repeat(200), "it is 3"),
                new Failure("d exists", "there is no such key"));

        GateReport report = judge(settings, Optional.empty(), new DataFindings(failures, Optional.empty(), ""));

        assertThat(report.reason())
                .startsWith("Of 5 canaries 4 failed: a exists (there is no such key); b: n = 1 (it is 2); c: xxx")
                .endsWith("…; and 1 more.")
                .hasSizeLessThan(GateResult.MESSAGE_CHARACTERS);
        assertThat(report.results())
                .as("a first publication is judged by canaries alone")
                .extracting(GateResult::gate)
                .containsExactly("canary");
        assertThat(result(report, "canary").measured()).contains(4.0);
        assertThat(judge(settings, Optional.empty(), findings(Optional.empty())).isHeld())
                .isFalse();
    }

    @Test
    void tooManyKeysThatWouldAnswerSomethingElseHoldTheVersionWithTheNumbers() {
        DatasetSettings settings = OFF.with("gate.changed", "5%");
        SampledChanges changes = new SampledChanges(10_000, 200, 301, 10_100, 303);

        GateReport report = judge(settings, Optional.of(records(1000)), findings(Optional.of(changes)));

        assertThat(report.reason())
                .isEqualTo("Of 10,000 keys of the current version 5.01% would answer something else: 301 have another"
                        + " value and 200 are gone (3% of the new version's keys are added); the limit is 5%.");
        SampledChanges fewer = new SampledChanges(10_000, 200, 300, 10_100, 10_100);
        assertThat(judge(settings, Optional.of(records(1000)), findings(Optional.of(fewer)))
                        .isHeld())
                .as("at the limit, whatever is added")
                .isFalse();
    }

    @Test
    void aComparisonThatCouldNotBeMadeHoldsTheVersion() {
        DatasetSettings settings = OFF.with("gate.changed", "5%");

        GateReport report = judge(
                settings,
                Optional.of(records(1000)),
                new DataFindings(List.of(), Optional.empty(), "The keys are of other types."));

        assertThat(report.reason())
                .isEqualTo("The gate changed could not be evaluated, which holds the version:"
                        + " The keys are of other types.");
    }

    @Test
    void whereThereIsNothingToCompareWithNoShareOfChangesIsMeasured() {
        DatasetSettings settings = OFF.with("gate.changed", "5%");

        assertThat(judge(settings, Optional.empty(), findings(Optional.empty())).results())
                .isEmpty();
        SampledChanges ofNothing = new SampledChanges(0, 0, 0, 10, 10);
        assertThat(judge(settings, Optional.of(records(0)), findings(Optional.of(ofNothing)))
                        .results())
                .isEmpty();
    }

    @Test
    void ofADeltaTheNumberOfRecordsIsJudgedWhenItIsKnownAndExactly() {
        Manifest delta = delta(records(300));
        Gates gates = new Gates(DatasetSettings.DEFAULTS, Optional.of(records(1000)), 1000, delta);

        assertThat(gates.judgeManifests().results())
                .as("its deletes may be of keys that there are not")
                .extracting(GateResult::gate)
                .containsExactly("schema");
        assertThat(gates.judgeRecords(Optional.of(800L), findings(Optional.empty()))
                        .isHeld())
                .isFalse();
        assertThat(gates.judgeRecords(Optional.of(799L), findings(Optional.empty()))
                        .reason())
                .isEqualTo("The records fell by 20.1%, from 1,000 to 799; the limit is 20%.");
        assertThat(gates.judgeRecords(Optional.of(0L), findings(Optional.empty()))
                        .reason())
                .contains("The version is empty, and the current one has 1,000 records.");
    }

    private static Manifest delta(Manifest changes) {
        return new Manifest(
                changes.version(),
                changes.route(),
                changes.runId(),
                changes.keySchema(),
                changes.valueSchema(),
                Optional.of(new Delta(1, "00", 300)),
                Optional.empty(),
                0,
                List.of(),
                changes.partitions(),
                changes.digest(),
                changes.bytes(),
                changes.policy(),
                0,
                List.of(),
                changes.compression(),
                changes.provenance());
    }

    private static DataFindings findings(Optional<SampledChanges> changes) {
        return new DataFindings(List.of(), changes, "");
    }

    private static GateReport judge(DatasetSettings settings, Optional<Manifest> current, DataFindings findings) {
        return new Gates(settings, current, 1000, records(1000)).judgeRecords(Optional.empty(), findings);
    }

    @Test
    void aFigureThatIsNoNumberHoldsTheVersion() {
        assertThat(Measured.atMost("x", Double.NaN, 1, "").passed()).isFalse();
        assertThat(Measured.atLeast("x", Double.NaN, 1, "").passed()).isFalse();
    }

    private static GateResult result(GateReport report, String gate) {
        return report.results().stream()
                .filter(found -> found.gate().equals(gate))
                .findFirst()
                .orElseThrow();
    }

    private static Manifest records(long records) {
        return manifest(PRICE, 0, List.of(field("price", records, 0, 0, 10, 5)), records);
    }

    private static Manifest with(FieldStatistics... fields) {
        return manifest(PRICE, 0, List.of(fields), 100);
    }

    private static FieldStatistics field(
            String name, long values, long nulls, double least, double greatest, double mean) {
        return new FieldStatistics(
                name, values, nulls, 1, Optional.of(least), Optional.of(greatest), Optional.of(mean));
    }

    private static FieldStatistics nulls(String name, long values, long nulls) {
        return new FieldStatistics(name, values, nulls, 1, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Manifest manifest(
            Schema valueSchema, long duplicates, List<FieldStatistics> fields, long... partitions) {
        List<PartitionEntry> entries = new ArrayList<>();
        Digest digest = Digest.EMPTY;
        for (long records : partitions) {
            Digest part = Digest.of("0000000000000000", records);
            entries.add(new PartitionEntry(entries.size(), part));
            digest = digest.plus(part);
        }
        return new Manifest(
                new VersionId(new DatasetName("prices"), 1),
                Route.SST,
                new RunId("run"),
                Schema.create(Schema.Type.STRING),
                valueSchema,
                Optional.empty(),
                Optional.empty(),
                0,
                List.of(),
                entries,
                digest,
                digest.records() * 10,
                DuplicatePolicy.FIRST,
                duplicates,
                fields,
                "lz4",
                new Provenance("", "", "", "", List.of(), TIME, TIME));
    }

    private static GateReport run(DatasetSettings settings, Optional<Manifest> current, Manifest next) {
        long records = current.map(manifest -> manifest.digest().records()).orElse(0L);
        return new Gates(settings, current, records, next).judgeManifests();
    }
}
