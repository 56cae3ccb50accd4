package io.slipway.model.catalog;

import static io.slipway.model.catalog.VersionState.ABORTED;
import static io.slipway.model.catalog.VersionState.CLAIMED;
import static io.slipway.model.catalog.VersionState.COMMITTED;
import static io.slipway.model.catalog.VersionState.CURRENT;
import static io.slipway.model.catalog.VersionState.HELD;
import static io.slipway.model.catalog.VersionState.REJECTED;
import static io.slipway.model.catalog.VersionState.RETAINED;
import static io.slipway.model.catalog.VersionState.RETIRED;
import static io.slipway.model.catalog.VersionState.STAGED;
import static io.slipway.model.catalog.VersionState.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.CommitConflictException;
import io.slipway.model.InvalidInputException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VersionStateTest {

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

    private static final Review REVIEW = Review.NONE
            .withPinned(true)
            .withGates(new GateReport(OptionalLong.of(6), List.of()))
            .withApproval(new Approval("ann", "fine", THEN));

    /** The arrows of DESIGN §2, and the sentences under them. */
    private static final Map<VersionState, Set<VersionState>> TRANSITIONS = Map.of(
            CLAIMED, Set.of(COMMITTED, ABORTED),
            ABORTED, Set.of(),
            COMMITTED, Set.of(STAGING, HELD, RETIRED),
            HELD, Set.of(STAGING, REJECTED, RETIRED),
            STAGING, Set.of(STAGED, HELD, REJECTED),
            STAGED, Set.of(CURRENT, HELD, RETIRED),
            CURRENT, Set.of(RETAINED),
            RETAINED, Set.of(CURRENT, RETIRED),
            REJECTED, Set.of(RETIRED),
            RETIRED, Set.of());

    @Test
    void theOnlyTransitionsAreThoseOfTheDesign() {
        for (VersionState from : VersionState.values()) {
            for (VersionState to : VersionState.values()) {
                assertThat(from.mayBecome(to))
                        .as("%s to %s", from, to)
                        .isEqualTo(TRANSITIONS.get(from).contains(to));
            }
        }
    }

    @Test
    void anEntryTakesNoOtherTransition() {
        for (VersionState from : VersionState.values()) {
            VersionEntry entry = new VersionEntry(
                    7, from, "hash", THEN, Optional.empty(), false, "before", Optional.empty(), REVIEW);
            for (VersionState to : VersionState.values()) {
                if (TRANSITIONS.get(from).contains(to)) {
                    Optional<Instant> lastCurrent = from == CURRENT ? Optional.of(NOW) : Optional.empty();
                    Review left = to == RETIRED ? REVIEW.withoutGates() : REVIEW;
                    assertThat(entry.to(to, NOW, "why"))
                            .isEqualTo(new VersionEntry(
                                    7, to, "hash", NOW, lastCurrent, false, "why", Optional.empty(), left));
                } else {
                    assertThatThrownBy(() -> entry.to(to, NOW, "why"))
                            .isInstanceOf(CommitConflictException.class)
                            .hasMessageContainingAll("Version 7", from.name(), to.name());
                }
            }
        }
    }

    @Test
    void aStateIsReadByItsName() {
        for (VersionState state : VersionState.values()) {
            assertThat(VersionState.of(state.name())).isEqualTo(state);
        }
        assertThatThrownBy(() -> VersionState.of("current"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'current'");
    }

    @Test
    void nodesHaveWhatIsStagedAndReadersSeeWhatWasSwappedIn() {
        assertThat(VersionState.values())
                .filteredOn(VersionState::isOnNodes)
                .containsExactly(STAGING, STAGED, CURRENT, RETAINED);
        assertThat(VersionState.values()).filteredOn(VersionState::isReadable).containsExactly(CURRENT, RETAINED);
    }
}
