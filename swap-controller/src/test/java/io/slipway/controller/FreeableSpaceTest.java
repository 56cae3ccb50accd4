package io.slipway.controller;

import static io.slipway.controller.Harbour.ROUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.repository.Layout;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeableSpaceTest {

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
    void whatIsNotReadIsRetirableAndWhatIsOfNoUseIsCollectable() {
        note(commit("current", 1000), VersionState.STAGING, VersionState.STAGED, VersionState.CURRENT);
        note(
                commit("retained", 100),
                VersionState.STAGING,
                VersionState.STAGED,
                VersionState.CURRENT,
                VersionState.RETAINED);
        note(commit("held", 20), VersionState.HELD);
        note(commit("rejected", 3), VersionState.STAGING, VersionState.REJECTED);
        note(commit("waiting", 5000), VersionState.STAGING);
        assertThat(space()).isEqualTo(new FreeableSpace(123, 0));

        note(commit("retired", 50), VersionState.HELD, VersionState.REJECTED, VersionState.RETIRED);
        write(commit("with a lost attempt", 7000), 2, 4);
        assertThat(space()).isEqualTo(new FreeableSpace(123, 54));
    }

    @Test
    void whatAClaimHasIsItsOwnUntilItIsAborted() {
        VersionId claimed =
                harbour.repository.claim(ROUTES, new RunId("slow"), 1).version();
        harbour.repository.joinSession(claimed);
        write(claimed, 1, 77);
        assertThat(space()).isEqualTo(new FreeableSpace(0, 0));
        harbour.repository.abort(claimed, "given up");
        assertThat(space()).isEqualTo(new FreeableSpace(0, 77));
    }

    private FreeableSpace space() {
        return FreeableSpace.of(harbour.repository, harbour.catalog.latest());
    }

    private VersionId commit(String run, int bytes) {
        VersionId version = harbour.repository
                .claim(ROUTES, new RunId(run.replace(' ', '-')), 1)
                .version();
        write(version, 1, bytes);
        harbour.repository.commit(harbour.manifest(version, run.replace(' ', '-'), 1));
        return version;
    }

    private void write(VersionId version, int attempt, int bytes) {
        harbour.storage.createIfAbsent(Layout.file(version, Layout.partitionFile(0, 1, attempt)), new byte[bytes]);
    }

    private void note(VersionId version, VersionState... states) {
        harbour.catalog.update("test", "note", "", catalog -> {
            VersionEntry entry =
                    VersionEntry.committed(harbour.repository.committed(version).manifest(), "", Instant.EPOCH);
            for (VersionState state : states) {
                entry = entry.to(state, Instant.EPOCH, "");
            }
            return catalog.with(catalog.datasetOrEmpty(ROUTES).with(entry));
        });
    }
}
