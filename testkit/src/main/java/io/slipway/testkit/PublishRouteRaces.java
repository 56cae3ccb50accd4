package io.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.FencedException;
import io.slipway.model.VersionId;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PublishSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The part of the publish contract that is about several processes at once. */
abstract class PublishRouteRaces extends PublishRouteFaults {

    @Test
    void manyPublishersOfOneDatasetGetNumbersOfTheirOwn() {
        int publishers = 16;
        RouteUnderTest route = route();
        List<CommittedVersion> versions =
                Race.run(publishers, i -> () -> publish(route.publisher(), publication("run-" + i), sample(i)));

        List<VersionId> ids =
                versions.stream().map(version -> version.manifest().version()).toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(complete()).containsExactlyInAnyOrderElementsOf(ids);
        IntStream.range(0, publishers).forEach(i -> assertHolds(route, versions.get(i), sample(i)));
    }

    @Test
    void processesOfOneRunClaimOneVersionWhoeverElseClaims() {
        raceOfClaims(someRounds(12));
    }

    @Test
    @Tag("long")
    void processesOfOneRunClaimOneVersionWhoeverElseClaimsManyTimes() {
        raceOfClaims(150);
    }

    private void raceOfClaims(int rounds) {
        RouteUnderTest route = route();
        for (int round = 0; round < rounds; round++) {
            String shared = "shared-" + round;
            String others = "other-" + round + "-";
            List<VersionId> versions = Race.run(8, i -> () -> {
                try (PublishSession session = route.publisher().begin(publication(i % 2 == 0 ? shared : others + i))) {
                    return session.version();
                }
            });
            List<VersionId> sharedOnes =
                    IntStream.of(0, 2, 4, 6).mapToObj(versions::get).distinct().toList();
            assertThat(sharedOnes)
                    .as("versions of one run, round %d: %s", round, versions)
                    .hasSize(1);
            assertThat(versions.stream().distinct()).as("round %d", round).hasSize(5);
        }
    }

    @Test
    void twoSessionsOfOneRunThatBothCommitGiveOneVersion() {
        raceOfCommits(someRounds(15));
    }

    @Test
    @Tag("long")
    void twoSessionsOfOneRunThatBothCommitGiveOneVersionManyTimes() {
        raceOfCommits(150);
    }

    private void raceOfCommits(int rounds) {
        RouteUnderTest route = route();
        for (int round = 0; round < rounds; round++) {
            String run = "run-" + round;
            PublishSession older = begin(run);
            Writing writingOlder = new Writing(older, sample(2L * round));
            writingOlder.write();
            PublishSession newer = begin(run);
            Writing writingNewer = new Writing(newer, sample(2L * round + 1));
            writingNewer.write();

            List<Optional<CommittedVersion>> ends = Race.run(List.of(writingOlder::commit, writingNewer::commit));
            List<CommittedVersion> versions =
                    ends.stream().flatMap(Optional::stream).distinct().toList();
            assertThat(versions).as("round %d", round).hasSize(1);
            SampleRecords winner = versions.get(0)
                            .manifest()
                            .digest()
                            .equals(sample(2L * round).digest())
                    ? sample(2L * round)
                    : sample(2L * round + 1);
            assertHolds(route, versions.get(0), winner);
            assertThat(complete()).as("round %d", round).hasSize(round + 1);
        }
    }

    @Test
    void anAbortThatRacesACommitEndsInOneOutcomeThatBothSee() {
        raceOfAbort(someRounds(25));
    }

    @Test
    @Tag("long")
    void anAbortThatRacesACommitEndsInOneOutcomeThatBothSeeManyTimes() {
        raceOfAbort(250);
    }

    private void raceOfAbort(int rounds) {
        RouteUnderTest route = route();
        SampleRecords records = sample(3);
        List<VersionId> committed = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            String run = "run-" + round;
            PublishSession session = begin(run);
            Writing writing = new Writing(session, records);
            writing.write();
            Callable<Optional<CommittedVersion>> abort = () -> {
                session.abort("the other one is faster");
                return Optional.empty();
            };
            Optional<CommittedVersion> end =
                    Race.run(List.of(writing::commit, abort)).get(0);
            end.ifPresent(version -> committed.add(version.manifest().version()));
            assertThat(complete()).as("round %d", round).containsExactlyElementsOf(committed);

            try (PublishSession again = begin(run)) {
                assertThat(again.committed()).as("round %d", round).isEqualTo(end);
                assertThat(again.version().equals(session.version()))
                        .as("the run keeps its number, round %d", round)
                        .isEqualTo(end.isPresent());
            }
            end.ifPresent(version -> assertHolds(route, version, records));
        }
    }

    /** A session's work, which another one may fence at any time. */
    private static final class Writing {

        private final PublishSession session;
        private final SampleRecords records;
        private Optional<List<PartitionReceipt>> receipts = Optional.empty();

        Writing(PublishSession session, SampleRecords records) {
            this.session = session;
            this.records = records;
        }

        void write() {
            receipts = Optional.of(RouteFixture.write(session, 0, records));
        }

        Optional<CommittedVersion> commit() {
            try {
                return receipts.map(session::commit);
            } catch (FencedException e) {
                return Optional.empty();
            }
        }
    }
}
