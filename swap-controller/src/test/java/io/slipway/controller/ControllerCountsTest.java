package io.slipway.controller;

import static io.slipway.controller.Harbour.ROUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.controller.ControllerCounts.OfDataset;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.testkit.Faults;
import io.slipway.testkit.FaultyStorage;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControllerCountsTest {

    @TempDir
    private Path folder;

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
    void aVersionCountsAsHeldUntilSomebodyDecidesAndTheVerdictStays() {
        harbour.swapIn("one", 1000);
        VersionId second = harbour.commit("two", 700);
        Controller controller = harbour.controller();
        Harbour.settle(controller);
        OfDataset counts = controller.counts().datasets().get("routes");
        assertThat(counts.held()).isEqualTo(1);
        assertThat(counts.heldVerdicts()).isEqualTo(1);
        assertThat(counts.passedVerdicts()).isZero();

        Harbour.settle(controller);
        assertThat(counts.heldVerdicts()).as("looked at again").isEqualTo(1);

        harbour.approvals().approve(ROUTES, 2, "ann", "fine");
        harbour.node.put(second, Phase.STAGED);
        Harbour.settle(controller);
        assertThat(counts.held()).isZero();
        assertThat(counts.heldVerdicts()).isEqualTo(1);
    }

    @Test
    void aVersionThatPassesIsCounted() {
        harbour.swapIn("one", 1000);
        harbour.commit("two", 990);
        Controller controller = harbour.controller();
        Harbour.settle(controller);
        OfDataset counts = controller.counts().datasets().get("routes");
        assertThat(counts.passedVerdicts()).isEqualTo(1);
        assertThat(counts.heldVerdicts()).isZero();
        assertThat(counts.held()).isZero();
    }

    @Test
    void aRoundThatFailsIsNoRound() {
        Controller controller = harbour.controller(new FaultyStorage(harbour.storage, Faults.at(Faults.Kind.ERROR, 1)));
        assertThatThrownBy(controller::cycle).isInstanceOf(UnavailableException.class);
        assertThat(controller.counts().lastRound()).isEmpty();

        harbour.pass(Duration.ofMinutes(1));
        Harbour.settle(controller);
        assertThat(controller.counts().lastRound()).contains(harbour.clock().instant());
    }
}
