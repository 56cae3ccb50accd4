package io.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.CommitStateUnknownException;
import io.slipway.model.FencedException;
import io.slipway.model.RunId;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The part of the publish contract that is about failures of what is below the route, at every call in turn. */
abstract class PublishRouteFaults extends RouteFixture {

    private static final RunId EARLIER_RUN = new RunId("run-0");
    private static final SampleRecords EARLIER = SampleRecords.random(new Random(1), 1);
    private static final SampleRecords RECORDS = SampleRecords.random(new Random(2), 8);

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = "PAUSE", mode = EnumSource.Mode.EXCLUDE)
    void afterAFailedPublishTheVersionIsCompleteOrAbsentAndARepeatGivesItOnce(Faults.Kind kind) {
        forSomeCalls("publish", kind, this::publishes);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = "PAUSE", mode = EnumSource.Mode.EXCLUDE)
    void afterAPublishThatFailedAtAnyCallTheVersionIsCompleteOrAbsentAndARepeatGivesItOnce(Faults.Kind kind) {
        forAllCalls("publish", kind, this::publishes);
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = "PAUSE", mode = EnumSource.Mode.EXCLUDE)
    void afterAFailedAbortNothingIsVisibleAndARepeatGivesTheVersionOnce(Faults.Kind kind) {
        forSomeCalls("abort", kind, this::aborts);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = "PAUSE", mode = EnumSource.Mode.EXCLUDE)
    void afterAnAbortThatFailedAtAnyCallNothingIsVisibleAndARepeatGivesTheVersionOnce(Faults.Kind kind) {
        forAllCalls("abort", kind, this::aborts);
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = "PAUSE", mode = EnumSource.Mode.EXCLUDE)
    void afterAFailedRepeatTheVersionIsStillTheFirstOne(Faults.Kind kind) {
        forSomeCalls("repeat", kind, this::repeats);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = "PAUSE", mode = EnumSource.Mode.EXCLUDE)
    void afterARepeatThatFailedAtAnyCallTheVersionIsStillTheFirstOne(Faults.Kind kind) {
        forAllCalls("repeat", kind, this::repeats);
    }

    @Test
    void aProcessThatSleepsAtAnyCallWhileAnotherFinishesItsRunChangesNothing() {
        forEachSleep(someCalls(), newer -> newer.commit(write(newer, 1, RECORDS)));
    }

    @Test
    @Tag("long")
    void aProcessThatSleepsAtEveryCallInTurnWhileAnotherFinishesItsRunChangesNothing() {
        forEachSleep(allCalls(), newer -> newer.commit(write(newer, 1, RECORDS)));
    }

    @Test
    void aProcessThatSleepsAtAnyCallWhileAnotherAbortsItsRunDoesNotBringItBack() {
        forEachSleep(someCalls(), newer -> newer.abort("the newer one gives up"));
    }

    @Test
    @Tag("long")
    void aProcessThatSleepsAtEveryCallInTurnWhileAnotherAbortsItsRunDoesNotBringItBack() {
        forEachSleep(allCalls(), newer -> newer.abort("the newer one gives up"));
    }

    /** Lets a publish sleep at every call in turn, while a newer session of its run does something. */
    private void forEachSleep(Calls calls, Consumer<PublishSession> meanwhile) {
        for (int call = calls.first(); ; call++) {
            Publication publication = publication(call);
            List<CommittedVersion> seen = new ArrayList<>();
            Faults faults = Faults.pause(call, () -> {
                try (PublishSession newer = route().publisher().begin(publication)) {
                    newer.committed().ifPresentOrElse(seen::add, () -> meanwhile.accept(newer));
                }
            });
            try {
                publish(route().publisher(faults), publication, RECORDS);
            } catch (FencedException e) {
                assertThat(faults.reached()).isTrue();
            }
            List<VersionId> left = route().complete(publication.dataset());
            assertThat(left).as("with %s", faults).hasSizeLessThanOrEqualTo(1);
            seen.forEach(version ->
                    assertThat(left).containsExactly(version.manifest().version()));
            CommittedVersion settled = publish(route().publisher(), publication, RECORDS);
            assertThat(route().complete(publication.dataset()))
                    .as("with %s", faults)
                    .containsExactly(settled.manifest().version());
            if (!left.isEmpty()) {
                assertThat(left).containsExactly(settled.manifest().version());
            }
            assertHolds(route(), settled, RECORDS);
            if (calls.areDone(faults)) {
                print("points of sleep", calls, faults);
                return;
            }
        }
    }

    /** The numbers are for people; they are in Surefire's output of the test class. */
    private static void print(String what, Calls calls, Faults last) {
        System.out.println(what + ": " + last.calls() + ", " + calls);
    }

    private static Publication publication(int call) {
        return Publication.of("call-" + call)
                .withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE)
                .withPartitions(2)
                .withRunId(new RunId("run-1"));
    }

    private interface Operation {
        /** Runs an operation that fails at one call, and checks what it left. */
        void run(Publication publication, Faults faults);
    }

    private void forSomeCalls(String name, Faults.Kind kind, Operation operation) {
        forEachCall(someCalls(), name, kind, operation);
    }

    private void forAllCalls(String name, Faults.Kind kind, Operation operation) {
        forEachCall(allCalls(), name, kind, operation);
    }

    /** Runs an operation on another dataset for every call that is to fail. */
    private void forEachCall(Calls calls, String name, Faults.Kind kind, Operation operation) {
        for (int call = calls.first(); ; call++) {
            Faults faults = Faults.at(kind, call);
            Publication publication = publication(call);
            try {
                CommittedVersion earlier = publish(route().publisher(), publication.withRunId(EARLIER_RUN), EARLIER);
                operation.run(publication, faults);
                assertHolds(route(), earlier, EARLIER);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("With " + faults + ": " + e.getMessage(), e);
            }
            if (calls.areDone(faults)) {
                assertThat(faults.reached() || faults.calls() > 1)
                        .as("more than one call")
                        .isTrue();
                print(kind + " points of " + name, calls, faults);
                return;
            }
        }
    }

    private void publishes(Publication publication, Faults faults) {
        Outcome outcome = Outcome.of(() -> publish(route().publisher(faults), publication, RECORDS));
        List<VersionId> left = completeBesidesTheEarlier(publication);
        outcome.check(left);
        settle(publication, left);
    }

    private void aborts(Publication publication, Faults faults) {
        Outcome outcome = Outcome.of(() -> {
            try (PublishSession session = route().publisher(faults).begin(publication)) {
                write(session, 0, RECORDS);
                session.abort("the input was wrong");
                return null;
            }
        });
        List<VersionId> left = completeBesidesTheEarlier(publication);
        assertThat(left).as("visible after %s", outcome).isEmpty();
        settle(publication, left);
    }

    private void repeats(Publication publication, Faults faults) {
        CommittedVersion first = publish(route().publisher(), publication, RECORDS);
        Outcome outcome = Outcome.of(() -> publish(route().publisher(faults), publication, RECORDS));
        outcome.committed.ifPresent(again -> assertThat(again).isEqualTo(first));
        settle(publication, List.of(first.manifest().version()));
    }

    /** The same run again, in a healthy process: it gives one version, the one that was left if there was one. */
    private void settle(Publication publication, List<VersionId> left) {
        CommittedVersion version = publish(route().publisher(), publication, RECORDS);
        List<VersionId> complete = completeBesidesTheEarlier(publication);
        assertThat(complete).containsExactly(version.manifest().version());
        if (!left.isEmpty()) {
            assertThat(complete).isEqualTo(left);
        }
        assertHolds(route(), version, RECORDS);
    }

    private List<VersionId> completeBesidesTheEarlier(Publication publication) {
        List<VersionId> complete = new ArrayList<>(route().complete(publication.dataset()));
        assertThat(complete.remove(0).number()).isEqualTo(1);
        return complete;
    }

    /** How an operation ended: with a version, or with an exception. */
    private record Outcome(Optional<CommittedVersion> committed, Optional<Throwable> failure) {

        interface Work {
            CommittedVersion run();
        }

        static Outcome of(Work work) {
            try {
                return new Outcome(Optional.ofNullable(work.run()), Optional.empty());
            } catch (UnavailableException | CommitStateUnknownException | ProcessDiedError e) {
                return new Outcome(Optional.empty(), Optional.of(e));
            }
        }

        /** What the caller was told is true. */
        void check(List<VersionId> complete) {
            assertThat(complete).as("visible after %s", this).hasSizeLessThanOrEqualTo(1);
            committed.ifPresent(version ->
                    assertThat(complete).containsExactly(version.manifest().version()));
            if (failure.orElse(null) instanceof UnavailableException) {
                assertThat(complete)
                        .as("visible, though the caller was told only that the storage is unavailable: %s", this)
                        .isEmpty();
            }
        }
    }
}
