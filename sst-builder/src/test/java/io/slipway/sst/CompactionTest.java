package io.slipway.sst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.CommitStateUnknownException;
import io.slipway.model.CorruptDataException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.testkit.Faults;
import io.slipway.testkit.FaultyStorage;
import io.slipway.testkit.MemoryFolders;
import io.slipway.testkit.ProcessDiedError;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompactionTest {

    @TempDir(factory = MemoryFolders.class)
    Path folder;

    private final long seed = System.nanoTime();
    private SstRouteUnderTest route;

    @BeforeEach
    void open() {
        System.out.println("CompactionTest seed " + seed);
        route = new SstRouteUnderTest(new LocalFolderStorage(folder));
    }

    @AfterEach
    void close() {
        route.close();
    }

    @Test
    void aChainBecomesAFullVersionWithTheSameDigest() {
        SampleChain chain = chain("d").add(40).add(40).add(40);
        route.note(chain.version(), chain.records().digest());
        AtomicLong progress = new AtomicLong();

        Manifest made = compaction(Faults.none())
                .compact(chain.version(), progress::addAndGet)
                .manifest();

        assertThat(made.version().number()).isEqualTo(5);
        assertThat(made.delta()).isEmpty();
        assertThat(made.digest()).as("seed %d", seed).isEqualTo(chain.records().digest());
        assertThat(route.readAll(made.version()).stream().sorted().toList())
                .isEqualTo(chain.records().rows());
        assertThat(made.provenance().job()).isEqualTo("compact");
        assertThat(made.provenance().inputs().get(0).name()).isEqualTo("version 4 of d");
        assertThat(progress).hasValue(made.digest().records());
    }

    @Test
    void aDeltaIsCompactedOnce() {
        SampleChain chain = chain("d").add(40);
        CommittedVersion first = compact(chain.version());
        assertThat(compact(chain.version())).isEqualTo(first);
        assertThat(route.complete(chain.version().dataset())).hasSize(3);
    }

    @Test
    void deltasGoOnFromACompactedVersion() {
        SampleChain chain = chain("d").add(40);
        route.makeCurrent(compact(chain.version()));
        chain.add(40);
        assertThat(chain.manifest().base())
                .hasValue(new VersionId(chain.version().dataset(), 3));
        assertThat(compact(chain.version()).manifest().digest())
                .isEqualTo(chain.records().digest());
    }

    @Test
    void aFullVersionIsNotCompacted() {
        assertThatThrownBy(() -> compact(chain("d").version()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("version 1 of d", "full version");
    }

    @Test
    void aVersionThatIsNotTheNewestIsNotCompacted() {
        SampleChain chain = chain("d").add(10);
        VersionId older = chain.version();
        chain.add(10);
        assertThatThrownBy(() -> compact(older))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("version 3 of d", "take readers back");
        assertThat(route.complete(older.dataset())).hasSize(3);
    }

    @Test
    void whileADeltaIsBeingPublishedItsBaseIsNotCompacted() {
        SampleChain chain = chain("d").add(10);
        try (PublishSession session =
                route.publisher().begin(chain.publication().asDelta())) {
            assertThatThrownBy(() -> compact(chain.version()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("version 3 of d");
            session.abort("given up");
        }
        assertThat(compact(chain.version()).manifest().digest())
                .isEqualTo(chain.records().digest());
    }

    @Test
    void whatWasGivenUpAfterADeltaDoesNotKeepItFromBeingCompacted() {
        SampleChain chain = chain("d").add(10);
        VersionId good = chain.version();
        Digest digest = chain.records().digest();
        chain.add(10);
        route.force(chain.version(), VersionState.REJECTED);
        route.force(good, VersionState.CURRENT);
        assertThat(compact(good).manifest().digest()).isEqualTo(digest);
    }

    @Test
    void aResultThatIsNotTheOneThatNodesFoundIsNotPublished() {
        SampleChain chain = chain("d").add(10);
        Digest wrong = new Digest(7, chain.records().digest().records());
        route.note(chain.version(), wrong);
        assertThatThrownBy(() -> compact(chain.version()))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContainingAll(wrong.hex(), chain.records().digest().hex());
        assertThat(route.complete(chain.version().dataset())).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = "PAUSE", mode = EnumSource.Mode.EXCLUDE)
    void afterAFailureAtAnyCallTheFullVersionIsCompleteOrAbsentAndARepeatGivesItOnce(Faults.Kind kind) {
        int call = 0;
        Faults faults;
        do {
            faults = Faults.at(kind, ++call);
            SampleChain chain = chain("call-" + call).add(5).add(5);
            try {
                compaction(faults).compact(chain.version(), records -> {});
            } catch (UnavailableException | CommitStateUnknownException | ProcessDiedError e) {
                assertThat(route.complete(chain.version().dataset()).size())
                        .as("complete after %s", faults)
                        .isBetween(3, 4);
            }
            Manifest made = compact(chain.version()).manifest();
            assertThat(route.complete(chain.version().dataset()))
                    .as("complete after %s", faults)
                    .hasSize(4)
                    .contains(made.version());
            assertThat(made.digest()).isEqualTo(chain.records().digest());
        } while (faults.reached());
        System.out.println(kind + " points of a compaction: " + (call - 1));
    }

    private SampleChain chain(String dataset) {
        return new SampleChain(route, dataset, new Random(seed), 100);
    }

    private CommittedVersion compact(VersionId version) {
        return compaction(Faults.none()).compact(version, records -> {});
    }

    private Compaction compaction(Faults faults) {
        FaultyStorage faulty = new FaultyStorage(route.storage(), faults);
        return new Compaction(
                VersionFiles.of(SstRouteUnderTest.repository(faulty)),
                SstRouteUnderTest.catalog(faulty),
                route.publisher(faults));
    }
}
