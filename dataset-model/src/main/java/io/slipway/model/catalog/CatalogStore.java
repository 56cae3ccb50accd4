package io.slipway.model.catalog;

import io.slipway.model.CommitStateUnknownException;
import io.slipway.model.CorruptDataException;
import io.slipway.model.NotFoundException;
import io.slipway.model.UnavailableException;
import io.slipway.model.repository.Layout;
import io.slipway.model.storage.RepositoryStorage;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The catalog's files in a repository, {@code catalog/<20-digit sequence>.json}: each a whole catalog, created if
 * absent; the highest is the truth. Thread-safe, and safe for any number of processes.
 *
 * <p>A change reads the highest catalog, decides, and creates the next number. Whoever finds that number taken by
 * somebody else reads again and decides again, so the history is one line and no change is lost. A number taken by this
 * call's own write id is a lost acknowledgement, and a success.
 *
 * <p>A catalog that a reader sees may be of a writer that died before it was durable. If it were lost after somebody had
 * acted on it, its number would stand for another catalog, so reading the latest makes it durable first.
 *
 * <p>Only the last {@link #KEPT} are kept, so a number below them can be created again by a writer that slept since it
 * read the catalog. Such a write does not count, and its writer can tell: a number is pruned only once one higher by
 * {@code KEPT} exists, so a writer lists the files after writing, and if there is one that high, starts again. What it
 * left behind is below the kept range, is never the highest, and goes with the next pruning.
 */
public final class CatalogStore {

    /** How many of the latest catalogs are kept. */
    public static final int KEPT = 1000;

    private static final String SUFFIX = ".json";
    private static final int DIGITS = 20;

    private final RepositoryStorage storage;
    private final InstantSource clock;
    private final Supplier<String> writeIds;
    private final int kept;
    private final AtomicLong durable = new AtomicLong();

    /**
     * The catalog of a repository.
     *
     * @param storage the repository
     * @param clock the time of changes, for people
     * @param writeIds gives ids that nobody else has
     */
    public CatalogStore(RepositoryStorage storage, InstantSource clock, Supplier<String> writeIds) {
        this(storage, clock, writeIds, KEPT);
    }

    /**
     * As the other, keeping another number of catalogs.
     *
     * @param kept how many: all who write to the repository have to agree on it
     */
    public CatalogStore(RepositoryStorage storage, InstantSource clock, Supplier<String> writeIds, int kept) {
        this.storage = storage;
        this.clock = clock;
        this.writeIds = writeIds;
        this.kept = kept;
    }

    /**
     * The latest catalog; the empty one if there is none yet.
     *
     * @throws CorruptDataException if the highest file is damaged: it is not passed over, because it may hold a change
     *     that readers have seen
     */
    public Catalog latest() {
        while (true) {
            long highest = highest(sequences());
            if (highest == 0) {
                return Catalog.EMPTY;
            }
            Optional<Catalog> catalog = read(highest);
            if (catalog.isPresent()) {
                makeDurable(highest);
                return catalog.get();
            }
        }
    }

    /** A catalog that others act on must not be taken back: its number would be given to another. */
    private void makeDurable(long sequence) {
        if (sequence > durable.get()) {
            storage.makeDurable(path(sequence));
            durable.accumulateAndGet(sequence, Math::max);
        }
    }

    /**
     * Whether the catalog of a sequence is seen to be there, at the cost of a look at a file's name. Where the storage is
     * not a folder of this machine, or an error stops the look, it is not seen, whether or not it is there.
     */
    public boolean canSee(long sequence) {
        return storage.localFile(path(sequence)).filter(Files::exists).isPresent();
    }

    /**
     * Changes the catalog.
     *
     * @param who the operator or process
     * @param what the change in a few words
     * @param why the reason given; may be empty
     * @param change gives the changed catalog from the latest; called again if somebody else was faster. What it
     *     throws is thrown to the caller, and nothing is written. If it returns an equal catalog, nothing is written
     * @return the catalog as it now is
     * @throws CommitStateUnknownException if whether the change was written cannot be known
     */
    public Catalog update(String who, String what, String why, UnaryOperator<Catalog> change) {
        while (true) {
            Catalog before = latest();
            Catalog wanted = change.apply(before);
            if (wanted.equals(before)) {
                return before;
            }
            Catalog next = wanted.at(before.sequence() + 1);
            if (create(next, new Change(who, what, why, clock.instant()))) {
                return next;
            }
        }
    }

    /**
     * Notes what somebody did that is no change of the catalog.
     *
     * @param who the operator or process
     * @param what what was done, in a few words
     * @param why the reason given; may be empty
     * @throws CommitStateUnknownException if whether the note was written cannot be known
     */
    public void note(String who, String what, String why) {
        Catalog before;
        do {
            before = latest();
        } while (!create(before.at(before.sequence() + 1), new Change(who, what, why, clock.instant())));
    }

    /** Creates a catalog; whether it was this call that did, and the creation counts. */
    private boolean create(Catalog next, Change change) {
        String path = path(next.sequence());
        String writeId = writeIds.get();
        try {
            boolean isMine = storage.createIfAbsent(path, CatalogJson.write(next, change, writeId))
                    || CatalogJson.readWriteId(path, storage.read(path)).equals(writeId);
            return isMine && counts(next.sequence());
        } catch (NotFoundException e) {
            return false; // It was taken, and pruned since: others are far ahead.
        } catch (UnavailableException e) {
            throw new CommitStateUnknownException(
                    "Whether the catalog was changed is not known: " + e.getMessage()
                            + " Look at `slipway versions`, and repeat if it was not.",
                    e);
        }
    }

    /** Whether a catalog that was written is one of those that are kept; if so, older ones are pruned. */
    private boolean counts(long sequence) {
        List<Long> sequences = sequences();
        if (highest(sequences) >= sequence + kept) {
            return false;
        }
        prune(sequences, sequence);
        return true;
    }

    private void prune(List<Long> sequences, long latest) {
        try {
            for (long sequence : sequences) {
                if (sequence <= latest - kept) {
                    storage.delete(path(sequence));
                }
            }
        } catch (UnavailableException e) {
            // The change is made all the same, and the next one prunes again.
        }
    }

    private Optional<Catalog> read(long sequence) {
        String path = path(sequence);
        byte[] document;
        try {
            document = storage.read(path);
        } catch (NotFoundException e) {
            return Optional.empty(); // Pruned since it was listed, so there is a higher one.
        }
        Catalog catalog = CatalogJson.read(path, document);
        if (catalog.sequence() != sequence) {
            throw new CorruptDataException(path, "sequence", sequence, catalog.sequence());
        }
        return Optional.of(catalog);
    }

    private static long highest(List<Long> sequences) {
        return sequences.isEmpty() ? 0 : sequences.get(sequences.size() - 1);
    }

    /** The sequences there are, in ascending order: the names have leading zeros. */
    private List<Long> sequences() {
        return storage.fileNames(Layout.CATALOG).stream()
                .filter(CatalogStore::isCatalog)
                .map(name -> Long.parseLong(name.substring(0, DIGITS)))
                .sorted()
                .toList();
    }

    private static boolean isCatalog(String name) {
        return name.length() == DIGITS + SUFFIX.length()
                && name.endsWith(SUFFIX)
                && name.chars().limit(DIGITS).allMatch(c -> c >= '0' && c <= '9')
                && name.compareTo("09") < 0;
    }

    private static String path(long sequence) {
        return Layout.CATALOG + "/" + String.format("%0" + DIGITS + "d", sequence) + SUFFIX;
    }
}
