package io.slipway.controller;

import static io.slipway.controller.Harbour.ROUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.CommitStateUnknownException;
import io.slipway.model.RunId;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.DatasetSummary;
import io.slipway.model.catalog.Setting;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.json.Sha256;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.VersionTopic;
import io.slipway.model.publish.Route;
import io.slipway.model.repository.Claim;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Layout;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.model.topic.TopicClaim.State;
import io.slipway.testkit.Faults;
import io.slipway.testkit.FaultyStorage;
import io.slipway.testkit.ProcessDiedError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopicControllerTest {

    @TempDir
    private Path folder;

    private final FakeTopics topics = new FakeTopics();
    private Harbour harbour;

    @BeforeEach
    void open() {
        harbour = new Harbour(folder);
    }

    @AfterEach
    void close() {
        harbour.close();
    }

    @Test
    void aCommittedVersionIsTakenOverByteForByteAndGoesTheWayOfAnyOther() {
        VersionId version = commitOverTopic(1, "night-1");

        assertThat(controller().cycle()).isTrue();

        assertThat(harbour.files(version)).containsExactlyInAnyOrder("claim.json", "manifest.json");
        byte[] stored = harbour.storage.read(Layout.file(version, Layout.MANIFEST));
        assertThat(stored).isEqualTo(topics.decision(version));
        assertThat(harbour.repository.claim(version).orElseThrow())
                .isEqualTo(claim(1, "night-1", OptionalLong.empty()));
        harbour.stage(version);
        assertThat(harbour.state(version)).isEqualTo(VersionState.CURRENT);
        assertThat(harbour.entry(version).manifestSha256()).isEqualTo(Sha256.hex(stored));
    }

    @Test
    void aFirstVersionOverATopicMakesItTheDatasetsRoute() {
        commitOverTopic(1, "night-1");

        controller().cycle();

        assertThat(route()).isEqualTo(Route.KAFKA);
        assertThat(topics.summary("routes").orElseThrow().route()).isEqualTo(Route.KAFKA);
    }

    @Test
    void aRouteThatWasChosenIsNotChangedByAVersionOfTheOther() {
        harbour.operations().set(ROUTES, Map.of("route", "sst"), "ann", "");
        commitOverTopic(1, "night-1");

        controller().cycle();

        assertThat(route()).isEqualTo(Route.SST);
        harbour.controller().cycle();
        assertThat(harbour.dataset().versions()).containsOnlyKeys(1L);
    }

    @Test
    void aRepeatedCycleAndASecondControllerChangeNothing() {
        commitOverTopic(1, "night-1");
        TopicController controller = controller();
        controller.cycle();
        harbour.controller().cycle();
        controller.cycle();
        long sequence = harbour.catalog.latest().sequence();
        List<String> calls = List.copyOf(topics.calls());

        assertThat(controller.cycle()).isFalse();
        assertThat(controller().cycle()).isFalse();

        assertThat(harbour.catalog.latest().sequence()).isEqualTo(sequence);
        assertThat(topics.calls()).isEqualTo(calls);
    }

    @ParameterizedTest
    @EnumSource(names = "PAUSE", mode = EnumSource.Mode.EXCLUDE)
    void whateverFailsWhileItTakesAVersionOverTheNextOneFinishes(Faults.Kind kind) {
        Faults faults;
        int call = 0;
        do {
            call++;
            try (Harbour fresh = new Harbour(folder)) {
                harbour = fresh;
                VersionId version = commitOverTopic(1, "night-1");
                faults = Faults.at(kind, call);
                try {
                    controller(new FaultyStorage(fresh.storage, faults)).cycle();
                } catch (UnavailableException | CommitStateUnknownException | ProcessDiedError e) {
                    assertThat(fresh.files(version)).as("with %s", faults).isSubsetOf("claim.json", "manifest.json");
                }
                controller().cycle();
                fresh.controller().cycle();

                assertThat(fresh.repository.committed(version).sha256())
                        .as("with %s", faults)
                        .isEqualTo(Sha256.hex(topics.decision(version)));
                assertThat(route()).as("with %s", faults).isEqualTo(Route.KAFKA);
                assertThat(fresh.dataset().versions()).as("with %s", faults).containsOnlyKeys(1L);
            }
        } while (faults.reached());
        System.out.println(kind + ": " + call + " points");
        assertThat(call).isGreaterThan(6);
    }

    @Test
    void twoControllersThatTakeAVersionOverAtOnceAgreeAtEveryPoint() {
        Faults faults;
        int call = 0;
        do {
            call++;
            try (Harbour fresh = new Harbour(folder)) {
                harbour = fresh;
                VersionId version = commitOverTopic(1, "night-1");
                faults = Faults.pause(call, () -> controller().cycle());
                controller(new FaultyStorage(fresh.storage, faults)).cycle();
                fresh.controller().cycle();

                assertThat(fresh.repository.committed(version).sha256())
                        .as("with %s", faults)
                        .isEqualTo(Sha256.hex(topics.decision(version)));
                assertThat(fresh.dataset().versions()).as("with %s", faults).containsOnlyKeys(1L);
            }
        } while (faults.reached());
        assertThat(call).isGreaterThan(6);
    }

    @Test
    void whatTheRepositoryHasUnderItsNumberStaysAndTheVersionIsLeftOut() {
        VersionId taken = harbour.commit("by-files", 5);
        commitOverTopic(1, "by-topic");

        assertThat(controller().cycle()).isFalse();
        harbour.controller().cycle();
        controller().cycle();

        assertThat(harbour.repository.committed(taken).manifest().runId()).isEqualTo(new RunId("by-files"));
        assertThat(harbour.dataset().versions()).containsOnlyKeys(1L);
        assertThat(harbour.entry(taken).manifestSha256())
                .isEqualTo(harbour.repository.committed(taken).sha256());
    }

    @Test
    void aNumberThatIsClaimedInTheRepositoryIsNotTakenFromItsRun() {
        VersionId claimed =
                harbour.repository.claim(ROUTES, new RunId("by-files"), 1).version();
        commitOverTopic(1, "by-topic");

        controller().cycle();

        assertThat(harbour.repository.decision(claimed)).isEmpty();
        assertThat(harbour.repository.commit(harbour.manifest(claimed, "by-files", 5)))
                .isInstanceOf(Decision.Committed.class);
    }

    @Test
    void aManifestThatCannotBeReadIsLeftOutAndWhatFollowsIsNot() {
        topics.claim(claim(1, "night-1", OptionalLong.empty()));
        topics.commit(new VersionId(ROUTES, 1), new byte[] {1, 2, 3});
        VersionId good = commitOverTopic(2, "night-2");

        controller().cycle();
        harbour.controller().cycle();

        assertThat(harbour.dataset().versions()).containsOnlyKeys(good.number());
    }

    @Test
    void aNumberThatWasAbortedOverATopicIsNotGivenAgainInTheRepository() {
        topics.claim(claim(1, "night-1", OptionalLong.empty()));
        topics.abort(new VersionId(ROUTES, 1), "given up");

        assertThat(controller().cycle()).isFalse();

        assertThat(harbour.repository.decision(new VersionId(ROUTES, 1)).orElseThrow())
                .isInstanceOfSatisfying(
                        Decision.Aborted.class,
                        aborted -> assertThat(aborted.reason()).isEqualTo("given up"));
        assertThat(harbour.commit("by-files", 5).number()).isEqualTo(2);
    }

    @Test
    void publishersAreToldOfEveryDatasetAsItIsAndOfEveryChange() {
        VersionId first = harbour.swapIn("night-1", 5);
        TopicController controller = controller();
        controller.cycle();
        DatasetSummary told = summary();
        assertThat(told.route()).isEqualTo(Route.SST);
        assertThat(told.highest()).isEqualTo(1);
        assertThat(told.currentNumber()).hasValue(first.number());
        assertThat(told.current().orElseThrow().partitions()).isEqualTo(1);
        assertThat(told.usable()).containsExactly(1L);

        harbour.operations().set(ROUTES, Map.of("route", "kafka", "delta.chain", "3"), "ann", "");
        controller.cycle();
        assertThat(summary().route()).isEqualTo(Route.KAFKA);
        assertThat(summary().deltaChain()).isEqualTo(3);

        harbour.operations().set(ROUTES, Map.of("retention.versions", "0", "retention.age", "0s"), "ann", "");
        VersionId second = harbour.swapIn("night-2", 6);
        controller.cycle();
        assertThat(summary().currentNumber()).hasValue(second.number());
        assertThat(summary().usable()).as("the first is retired").containsExactly(second.number());
        assertThat(summary().isGone(first.number())).isTrue();
    }

    @Test
    void aNumberThatIsOnlyClaimedInTheRepositoryIsTakenForPublishersToo() {
        harbour.swapIn("night-1", 5);
        harbour.repository.claim(ROUTES, new RunId("night-2"), 1);

        controller().cycle();

        assertThat(summary().highest()).isEqualTo(2);
    }

    @Test
    void aClaimThatNothingWasWrittenForInAWeekIsAbortedAndItsTopicDeleted() {
        VersionId version = claimOverTopic(1, "night-1");
        TopicController controller = controller();
        harbour.pass(Orphans.DEAD_CLAIM.minusNanos(1));
        controller.cycle();
        topics.write(version, harbour.clock().instant());
        harbour.pass(Orphans.DEAD_CLAIM.minusNanos(1));
        controller.cycle();
        assertThat(topics.state(version)).isEqualTo(State.OPEN);

        harbour.pass(Orphans.INTERVAL);
        controller.cycle();
        assertThat(topics.state(version)).isEqualTo(State.ABORTED);
        assertThat(new String(topics.decision(version), StandardCharsets.UTF_8)).contains("7 days");

        harbour.pass(Orphans.INTERVAL);
        controller.cycle();
        assertThat(topics.existing()).isEmpty();
    }

    @Test
    void aTopicGoesOnlyAfterItsVersionWasRetiredAndNoNodeHasIt() {
        VersionId first = commitOverTopic(1, "night-1");
        VersionId second = commitOverTopic(2, "night-2");
        TopicController controller = controller();
        controller.cycle();
        harbour.stage(first);
        harbour.stage(second);
        controller.cycle();
        assertThat(topics.existing()).as("retained").containsExactly(first, second);

        harbour.removal().retire(ROUTES, first.number(), "ann", "");
        controller.cycle();
        assertThat(topics.existing()).as("the node has it").containsExactly(first, second);

        harbour.node.goAway();
        controller.cycle();
        assertThat(topics.existing())
                .as("a node that does not answer may have it")
                .hasSize(2);

        harbour.node.comeBack();
        harbour.node.remove(first);
        controller.cycle();
        assertThat(topics.existing()).containsExactly(second);
        controller.cycle();
        assertThat(topics.calls()).filteredOn(call -> call.startsWith("delete")).hasSize(1);
    }

    @Test
    void aTopicStaysWhileADeltaOnItIsBeingPublished() {
        VersionId base = commitOverTopic(1, "night-1");
        VersionId delta = new VersionId(ROUTES, 2);
        TopicController controller = controller();
        controller.cycle();
        harbour.stage(base);
        VersionId newer = commitOverTopic(3, "night-3");
        controller.cycle();
        harbour.stage(newer);
        topics.claim(claim(2, "night-2", OptionalLong.of(1)));
        harbour.removal().retire(ROUTES, base.number(), "ann", "");
        harbour.node.remove(base);

        controller.cycle();
        assertThat(topics.existing()).contains(base, delta);

        topics.abort(delta, "given up");
        controller.cycle();
        assertThat(topics.existing()).doesNotContain(base);
    }

    @Test
    void aClusterThatIsAwayIsSaidAndWhatTheRepositoryHasGoesOn() {
        topics.goAway();
        assertThatThrownBy(() -> controller().cycle()).isInstanceOf(UnavailableException.class);

        VersionId version = harbour.swapIn("night-1", 5);
        assertThat(harbour.state(version)).isEqualTo(VersionState.CURRENT);

        topics.comeBack();
        controller().cycle();
        assertThat(summary().currentNumber()).hasValue(1);
    }

    private TopicController controller() {
        return controller(harbour.storage);
    }

    private TopicController controller(RepositoryStorage seen) {
        return new TopicController(
                topics,
                harbour.repository(seen),
                harbour.catalog(seen),
                List.of(harbour.node),
                harbour.clock(),
                "controller");
    }

    private VersionId commitOverTopic(long number, String run) {
        VersionId version = claimOverTopic(number, run);
        topics.commit(overTopic(harbour.manifest(version, run, 5)));
        return version;
    }

    private VersionId claimOverTopic(long number, String run) {
        topics.claim(claim(number, run, OptionalLong.empty()));
        return new VersionId(ROUTES, number);
    }

    private Claim claim(long number, String run, OptionalLong base) {
        return new Claim(
                new VersionId(ROUTES, number),
                new RunId(run),
                1,
                base,
                "publisher",
                Instant.parse("2026-01-31T03:00:00Z"),
                "claim-" + number);
    }

    private static Manifest overTopic(Manifest manifest) {
        return new Manifest(
                manifest.version(),
                Route.KAFKA,
                manifest.runId(),
                manifest.keySchema(),
                manifest.valueSchema(),
                manifest.delta(),
                Optional.of(
                        new VersionTopic("slipway.routes.v" + manifest.version().number(), "id")),
                manifest.routingFields(),
                manifest.files(),
                manifest.partitions(),
                manifest.digest(),
                manifest.bytes(),
                manifest.policy(),
                manifest.duplicates(),
                manifest.fields(),
                manifest.compression(),
                manifest.provenance());
    }

    private DatasetSummary summary() {
        return topics.summary("routes").orElseThrow();
    }

    private Route route() {
        return harbour.dataset().settings().get(Setting.ROUTE);
    }
}
