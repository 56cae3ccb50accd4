package io.slipway.serving;

import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.Catalog;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.Setting;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.model.node.NodeStatus.Staging;
import io.slipway.serving.metrics.NodeCounts;
import io.slipway.serving.staging.Stager;
import io.slipway.serving.staging.StagingProgress;
import io.slipway.serving.staging.Wanted;
import io.slipway.serving.store.DataFolder;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.store.RecentKeys;
import io.slipway.serving.view.Snapshot;
import io.slipway.sst.FileShape;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions that this node has or is to have, and the stagings under way. Thread-safe; nothing in it waits for a
 * staging.
 */
final class VersionTable {

    private static final Logger LOG = LoggerFactory.getLogger(VersionTable.class);

    private final Stager stager;
    private final DataFolder data;
    private final Executor stagings;
    private final Executor closer;
    private final InstantSource clock;
    private final NodeCounts counts;
    private final Runnable onChange;
    private final Map<VersionId, VersionSlot> slots = new HashMap<>();
    private final Map<DatasetName, RecentKeys> recentKeys = new ConcurrentHashMap<>();
    /** Copies that were replaced by newer ones, held until no snapshot that is to come shows them. */
    private final List<OpenVersion> replaced = new ArrayList<>();
    /** What was on disk when the node started, until a catalog says whether it is wanted. */
    private final Set<VersionId> onDisk = new HashSet<>();

    private boolean closed;

    /**
     * An empty table.
     *
     * @param stagings its threads say how many versions are staged at a time
     * @param closer deletes what nobody wants any more
     * @param counts counts how stagings end
     * @param onChange told after a staging ended and when damage is found; must not block
     */
    VersionTable(
            Stager stager,
            DataFolder data,
            Executor stagings,
            Executor closer,
            InstantSource clock,
            NodeCounts counts,
            Runnable onChange) {
        this.stager = stager;
        this.data = data;
        this.stagings = stagings;
        this.closer = closer;
        this.clock = clock;
        this.counts = counts;
        this.onChange = onChange;
    }

    /** Opens a version that is on disk, if it is there and was verified against this manifest. */
    synchronized Optional<OpenVersion> restore(VersionId id, String manifestSha256) {
        Optional<OpenVersion> open = stager.openStaged(id, manifestSha256);
        open.ifPresent(version -> {
            VersionSlot slot = new VersionSlot(
                    id, new Wanted(manifestSha256, Setting.Verification.FILES, FileShape.DEFAULT, Optional.empty()));
            version.onDamage(onChange);
            warm(version);
            slot.staged(version, clock.instant());
            slots.put(id, slot);
        });
        return open;
    }

    /**
     * Notes what is on disk when the node starts, or could not be deleted. It goes once a catalog knows it and does not want it here; of what a
     * catalog does not know nothing is deleted, since it may be another repository's, or one that is empty by mistake.
     */
    synchronized void note(VersionId id) {
        onDisk.add(id);
    }

    /** Begins to stage what a catalog wants here, and stops what it does not. */
    synchronized void follow(Catalog catalog) {
        Map<VersionId, VersionSlot> unwanted = new HashMap<>(slots);
        for (DatasetEntry dataset : catalog.datasets().values()) {
            Setting.Verification verification = dataset.settings().get(Setting.VERIFY);
            for (VersionEntry version : dataset.versions().values()) {
                if (version.state().isOnNodes()) {
                    want(dataset, version, verification, unwanted);
                }
            }
        }
        unwanted.values().forEach(VersionSlot::unwant);
        onDisk.removeIf(id -> isSettled(id, catalog));
        startDue();
    }

    /** Whether a version that was on disk has a slot, which it gets here if the catalog knows it: then it is not wanted. */
    private boolean isSettled(VersionId id, Catalog catalog) {
        boolean isKnown =
                catalog.datasetOrEmpty(id.dataset()).version(id.number()).isPresent();
        if (isKnown && !slots.containsKey(id)) {
            VersionSlot slot = new VersionSlot(
                    id, new Wanted("", Setting.Verification.FILES, FileShape.DEFAULT, Optional.empty()));
            slot.unwant();
            slots.put(id, slot);
        }
        return slots.containsKey(id);
    }

    /** Also wants what a delta that is to be staged is built on, whatever its state: readers do not see that. */
    private void want(
            DatasetEntry dataset,
            VersionEntry version,
            Setting.Verification verification,
            Map<VersionId, VersionSlot> unwanted) {
        VersionId id = dataset.id(version.number());
        unwanted.remove(id);
        Wanted wanted =
                new Wanted(version.manifestSha256(), verification, FileShape.of(dataset.settings()), version.delta());
        VersionSlot slot = slots.computeIfAbsent(id, key -> new VersionSlot(key, wanted));
        slot.want(wanted);
        slot.base()
                .filter(base -> needsBase(slot) && base.number() < id.number())
                .flatMap(base -> dataset.version(base.number()))
                .ifPresent(base -> want(dataset, base, verification, unwanted));
    }

    /** Whether a version is a delta that has to be staged on its base: not if its folder only has to be opened. */
    private boolean needsBase(VersionSlot slot) {
        return slot.base().isPresent()
                && slot.isMissing()
                && (slot.isInTrouble()
                        || slot.open().isPresent()
                        || !stager.isStaged(slot.id(), slot.want().manifestSha256()));
    }

    /** Starts what is waiting for its time to be tried again. */
    synchronized void startDue() {
        slots.values().stream().filter(slot -> slot.isDue(clock.instant())).forEach(this::start);
    }

    private void start(VersionSlot slot) {
        Optional<OpenVersion> base = base(slot);
        if (base.isEmpty() && needsBase(slot)) {
            return; // It is told when the base is staged.
        }
        StagingProgress progress = slot.start();
        boolean isRepair = slot.open().isPresent();
        Wanted wanted = slot.want();
        stagings.execute(() -> {
            try {
                run(slot, wanted, base, isRepair, progress);
            } finally {
                base.ifPresent(OpenVersion::release);
            }
        });
    }

    /** The good copy of a delta's base, held for the caller. */
    private Optional<OpenVersion> base(VersionSlot slot) {
        Optional<OpenVersion> base = slot.base().flatMap(this::open);
        if (base.isPresent() && slot.doubtsBase()) {
            base.get().doubt();
        }
        return base.flatMap(version -> hold(version.id()));
    }

    private void run(
            VersionSlot slot, Wanted wanted, Optional<OpenVersion> base, boolean isRepair, StagingProgress progress) {
        try {
            if (progress.isCancelled()) {
                throw new CancellationException();
            }
            Optional<OpenVersion> onDisk =
                    isRepair ? Optional.empty() : stager.openStaged(slot.id(), wanted.manifestSha256());
            OpenVersion version = onDisk.orElseGet(() -> stager.stage(slot.id(), wanted, base, progress));
            warm(version);
            staged(slot, version);
        } catch (CancellationException e) {
            cancelled(slot);
        } catch (CorruptDataException e) {
            failed(slot, Phase.REFUSED, e.getMessage());
        } catch (RuntimeException e) {
            failed(slot, Phase.FAILING, String.valueOf(e.getMessage()));
            LOG.debug("Staging {} failed", slot.id(), e);
        } finally {
            onChange.run();
        }
    }

    private void warm(OpenVersion version) {
        version.warm(recentKeys.computeIfAbsent(version.id().dataset(), dataset -> new RecentKeys()));
    }

    private synchronized void staged(VersionSlot slot, OpenVersion version) {
        if (closed) {
            version.release();
            return;
        }
        LOG.info("Staged {}: {} records", slot.id(), version.content().digest().records());
        counts.of(slot.id().dataset()).staging(NodeCounts.Result.STAGED);
        version.onDamage(onChange);
        slot.staged(version, clock.instant()).ifPresent(replaced::add);
    }

    private synchronized void failed(VersionSlot slot, Phase phase, String problem) {
        if (!slot.status().problem().equals(problem)) {
            LOG.warn("{} is {}: {}", slot.id(), phase == Phase.REFUSED ? "refused" : "not staged yet", problem);
        }
        counts.of(slot.id().dataset())
                .staging(phase == Phase.REFUSED ? NodeCounts.Result.REFUSED : NodeCounts.Result.FAILING);
        slot.failed(phase, problem, clock.instant());
    }

    private synchronized void cancelled(VersionSlot slot) {
        slot.cancelled();
    }

    /**
     * A version that is open here and was verified against the manifest that the catalog has, to be shown. The caller
     * is the thread that shows and drops.
     */
    synchronized Optional<OpenVersion> open(VersionId id) {
        return Optional.ofNullable(slots.get(id))
                .flatMap(slot -> slot.open()
                        .filter(open -> open.manifestSha256().equals(slot.want().manifestSha256())));
    }

    /** A good copy of a version that is open here, held for the caller. */
    synchronized Optional<OpenVersion> hold(VersionId id) {
        return open(id).filter(version -> !version.isDamaged()).filter(OpenVersion::acquire);
    }

    /** Lets go what neither the catalog wants nor readers see; it is deleted once its last reader has left. */
    synchronized void drop(Snapshot shown) {
        replaced.removeIf(version -> {
            boolean unseen = !shown.shows(version);
            if (unseen) {
                version.release();
            }
            return unseen;
        });
        List.copyOf(slots.values()).stream()
                .filter(slot -> !slot.isWanted() && !slot.isRunning() && !slot.isClosing())
                .filter(slot ->
                        slot.open().map(version -> !shown.shows(version)).orElse(true))
                .forEach(this::drop);
    }

    private void drop(VersionSlot slot) {
        LOG.info("Dropping {}: the catalog does not want it here any more", slot.id());
        Optional<OpenVersion> open = slot.open(); // The slot forgets it.
        slot.closing();
        open.ifPresentOrElse(version -> version.release(() -> closed(slot)), () -> closer.execute(() -> closed(slot)));
    }

    /** Runs after the database was closed; deletes what was only partly fetched as well. */
    private void closed(VersionSlot slot) {
        try {
            data.version(slot.id()).delete();
            forget(slot);
            onChange.run();
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}. It is tried again with the next look.", slot.id(), e.toString());
            forgetButItsFolder(slot);
        }
    }

    private synchronized void forget(VersionSlot slot) {
        slots.remove(slot.id());
    }

    private synchronized void forgetButItsFolder(VersionSlot slot) {
        forget(slot);
        note(slot.id());
    }

    /** How far each wanted version is. */
    synchronized Map<VersionId, Staging> status() {
        Map<VersionId, Staging> status = new HashMap<>();
        slots.values().stream().filter(VersionSlot::isWanted).forEach(slot -> status.put(slot.id(), status(slot)));
        return status;
    }

    /** The stagings under way. */
    synchronized Map<VersionId, StagingProgress> running() {
        Map<VersionId, StagingProgress> running = new HashMap<>();
        slots.values().forEach(slot -> slot.running().ifPresent(progress -> running.put(slot.id(), progress)));
        return running;
    }

    /** A delta that waits for its base has the trouble that the base has. */
    private Staging status(VersionSlot slot) {
        Staging own = slot.status();
        if (own.phase() != Phase.STAGING || slot.isRunning()) {
            return own;
        }
        return slot.base()
                .flatMap(base -> Optional.ofNullable(slots.get(base)))
                .map(this::status)
                .filter(base -> base.phase() == Phase.REFUSED || base.phase() == Phase.FAILING)
                .map(base -> new Staging(base.phase(), 0, 0, "Its base: " + base.problem()))
                .orElse(own);
    }

    /** Stops all stagings and lets everything go; nothing is deleted. */
    synchronized void close() {
        closed = true;
        slots.values().forEach(VersionSlot::unwant);
        slots.values().forEach(slot -> slot.open().ifPresent(OpenVersion::release));
        replaced.forEach(OpenVersion::release);
        slots.clear();
        replaced.clear();
    }
}
