package io.slipway.model.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.UnsupportedFormatException;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.Route;
import io.slipway.model.value.SchemaCompatibility;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** What a publisher without a catalog is told of a dataset. */
class DatasetSummaryTest {

    private static final DatasetName DATASET = new DatasetName("route-delays");
    private static final DatasetSummary SUMMARY = new DatasetSummary(
            DATASET,
            Route.KAFKA,
            7,
            DuplicatePolicy.LAST,
            2,
            SchemaCompatibility.Mode.FULL,
            3,
            Optional.of(new DatasetSummary.Current(
                    6, 4, Schema.create(Schema.Type.STRING), Schema.create(Schema.Type.LONG))),
            List.of(5L, 6L));

    @Test
    void whatIsWrittenIsRead() {
        assertThat(read(DatasetSummaryJson.write(SUMMARY))).isEqualTo(SUMMARY);
        DatasetSummary first = DatasetSummary.unknown(DATASET, Route.KAFKA);
        assertThat(read(DatasetSummaryJson.write(first))).isEqualTo(first);
    }

    @Test
    void aFlippedBitIsFoundWhereverItIs() {
        byte[] document = DatasetSummaryJson.write(SUMMARY);
        for (int i = 0; i < document.length; i++) {
            byte[] damaged = document.clone();
            damaged[i] ^= 1;
            assertThatThrownBy(() -> read(damaged))
                    .as("byte %d", i)
                    .isInstanceOfAny(CorruptDataException.class, UnsupportedFormatException.class);
        }
    }

    @Test
    void ofADatasetThatNoCatalogKnowsEverythingIsAtItsDefault() {
        DatasetSummary unknown = DatasetSummary.unknown(DATASET, Route.KAFKA);
        assertThat(unknown.route()).isEqualTo(Route.KAFKA);
        assertThat(unknown.highest()).isZero();
        assertThat(unknown.duplicates()).isEqualTo(DuplicatePolicy.FAIL);
        assertThat(unknown.currentNumber()).isEqualTo(OptionalLong.empty());
        assertThat(unknown.isGone(1))
                .as("a version that the catalog does not have yet")
                .isFalse();
    }

    @Test
    void versionsThatWereGivenUpAreGoneAndLaterOnesAreNotKnownYet() {
        DatasetEntry entry = DatasetEntry.empty(DATASET)
                .with(List.of(
                        entry(1, VersionState.RETIRED), entry(2, VersionState.REJECTED), entry(3, VersionState.HELD)));
        DatasetSummary summary = DatasetSummary.of(entry, Optional.empty());
        assertThat(summary.highest()).isEqualTo(3);
        assertThat(List.of(1L, 2L, 3L, 4L)).filteredOn(summary::isGone).containsExactly(1L, 2L);
    }

    private static VersionEntry entry(long number, VersionState state) {
        return new VersionEntry(
                number,
                state,
                "a".repeat(64),
                Instant.EPOCH,
                Optional.empty(),
                false,
                "",
                Optional.empty(),
                Review.NONE);
    }

    private static DatasetSummary read(byte[] document) {
        return DatasetSummaryJson.read("slipway.datasets, offset 1", document);
    }
}
