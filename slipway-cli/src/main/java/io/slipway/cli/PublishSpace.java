package io.slipway.cli;

import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.controller.FreeableSpace;
import io.slipway.model.UnavailableException;
import io.slipway.model.repository.Layout;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Refuses a publish that would fill a disk, before anything is read or written.
 *
 * <p>How much it is going to need is an estimate, and a low one, because a publish that would have gone well must not be
 * refused: as many bytes as compressed input has, half as many as other input. So much goes to the repository, and as
 * much to the scratch folder if the input does not fit in memory. An input below {@value #NEGLIGIBLE_MIB} MiB is never
 * refused, nor is any where the free space is not known.
 */
final class PublishSpace {

    private static final int NEGLIGIBLE_MIB = 64;

    private final Function<Path, Optional<Disk>> disks;

    private PublishSpace(Function<Path, Optional<Disk>> disks) {
        this.disks = disks;
    }

    /** A check of the disks of this machine. */
    static PublishSpace ofThisMachine() {
        return new PublishSpace(Disk::of);
    }

    /** A check of disks that a test makes up. */
    static PublishSpace of(Function<Path, Optional<Disk>> disks) {
        return new PublishSpace(disks);
    }

    /**
     * A disk.
     *
     * @param identity is the same for two folders on one disk
     * @param freeBytes how much can still be written
     */
    record Disk(Object identity, long freeBytes) {

        /** The disk that a folder is on or would be created on; none if that or its room cannot be told. */
        static Optional<Disk> of(Path folder) {
            Path there = folder.toAbsolutePath();
            while (there != null && !Files.exists(there)) {
                there = there.getParent();
            }
            if (there == null) {
                return Optional.empty();
            }
            try {
                FileStore store = Files.getFileStore(there);
                // Some file systems that are no disks say that they have no room at all.
                return store.getTotalSpace() > 0
                        ? Optional.of(new Disk(store, store.getUsableSpace()))
                        : Optional.empty();
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * Requires room for a publish.
     *
     * @param input what is to be published
     * @param memoryBytes how much of it is sorted in memory
     * @throws UnavailableException if there is too little, with what is needed, what is free, and what could be freed
     */
    void require(InputSize input, long memoryBytes, Path scratch, OpenRepository opened) {
        if (input.bytes() < (long) NEGLIGIBLE_MIB << 20) {
            return;
        }
        long needed = input.estimatedOutputBytes();
        Optional<Path> catalog = opened.storage().localFile(Layout.CATALOG);
        Optional<Disk> repositoryDisk = catalog.flatMap(disks);
        Optional<Disk> scratchDisk = needed > memoryBytes ? disks.apply(scratch) : Optional.empty();
        boolean isOneDisk = repositoryDisk.isPresent()
                && scratchDisk.isPresent()
                && repositoryDisk.get().identity().equals(scratchDisk.get().identity());
        long ofRepository = isOneDisk ? 2 * needed : needed;
        if (repositoryDisk.isPresent() && repositoryDisk.get().freeBytes() < ofRepository) {
            throw refused(
                    (isOneDisk ? "the repository and the scratch folder, which are on one disk," : "the repository"),
                    ofRepository,
                    repositoryDisk.get(),
                    freeable(opened));
        }
        requireScratch(scratchDisk, needed, scratch);
    }

    /**
     * Requires room for a publish that writes to no disk of this machine but to the scratch folder's.
     *
     * @param input what is to be published
     * @param memoryBytes how much of it is sorted in memory
     * @throws UnavailableException if there is too little, with what is needed and what is free
     */
    void requireScratch(InputSize input, long memoryBytes, Path scratch) {
        long needed = input.estimatedOutputBytes();
        if (input.bytes() >= (long) NEGLIGIBLE_MIB << 20 && needed > memoryBytes) {
            requireScratch(disks.apply(scratch), needed, scratch);
        }
    }

    private static void requireScratch(Optional<Disk> disk, long needed, Path scratch) {
        if (disk.isPresent() && disk.get().freeBytes() < needed) {
            throw refused("the scratch folder " + scratch, needed, disk.get(), " Choose another with --scratch.");
        }
    }

    private static UnavailableException refused(String where, long needed, Disk disk, String remedy) {
        return new UnavailableException(String.format(
                "Publishing needs about %,d bytes in %s by the size of the input, and %,d are free there.%s"
                        + " If you know better, say --skip-space-check.",
                needed, where, disk.freeBytes(), remedy));
    }

    private static String freeable(OpenRepository opened) {
        FreeableSpace freeable =
                FreeableSpace.of(opened.repository(), opened.catalog().latest());
        return String.format(
                " In %s, `slipway retire` of versions that nobody reads would free %,d bytes, and a running controller"
                        + " deletes %,d that are of no use any more. Free some space.",
                opened.storage().location(), freeable.retirableBytes(), freeable.collectableBytes());
    }
}
