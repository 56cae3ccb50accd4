package io.slipway.batch.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.batch.shuffle.KeyRange;
import io.slipway.batch.shuffle.Scratch;
import io.slipway.model.CorruptDataException;
import io.slipway.model.RunId;
import io.slipway.model.json.JsonFields;
import io.slipway.model.json.SealedJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run whose tasks' results are kept in a {@link Journal}, so that a later process goes on where this one ends.
 *
 * <pre>
 *   entries:  the run (what its results depend on, its layout), once and first
 *             a task that is done; of two entries for one task, the later counts
 *             the ranges in which an edge is read
 * </pre>
 *
 * Why a process may be killed at any moment: a task's entry is appended after all its files are complete, and before its
 * result is delivered to anybody. Killed before the append, the task is not done, and what it has left behind is named
 * by no entry and deleted when the run is taken up. Killed after it, the task is done, and its files are there. The
 * power may fail instead, and then an entry may name files that are lost or cut off: it counts only if their lengths
 * and indexes are right, and a block that was lost is found by its checksum when it is read, and the task done again
 * ({@link Lineage}). Starting over clears the journal before anything else, so that at every moment its first entry is
 * of the run whose files are there. Thread-safe.
 */
final class JournaledRun implements Checkpoints, AutoCloseable {

    static final String JOURNAL = "journal";

    private static final Logger LOG = LoggerFactory.getLogger(JournaledRun.class);

    private static final String KIND = "kind";
    private static final String RUN = "run";
    private static final String TASK = "task";
    private static final String RANGES = "ranges";

    private final Scratch scratch;
    private final Journal journal;
    private final Layout layout;
    private final Optional<String> change;
    private final Map<TaskId, JsonFields> entries = new TreeMap<>();
    private final Map<Integer, List<KeyRange>> ranges = new HashMap<>();
    private final Set<TaskId> done = new HashSet<>();
    private Optional<TaskResultJson> results = Optional.empty();

    private JournaledRun(Scratch scratch, Journal journal, Layout layout, Optional<String> change) {
        this.scratch = scratch;
        this.journal = journal;
        this.layout = layout;
        this.change = change;
    }

    /**
     * Takes the run up if it depends on the same as when it began, or begins it.
     *
     * @param scratch where its files are
     * @param basis what it depends on now
     * @param fresh the layout of a run that begins now
     */
    static JournaledRun open(Scratch scratch, RunBasis basis, Layout fresh) throws IOException {
        Journal journal = Journal.open(scratch, scratch.file(JOURNAL));
        try {
            Optional<String> change = change(journal.entries(), basis);
            boolean goesOn = change.isEmpty() && !journal.entries().isEmpty();
            JournaledRun run = new JournaledRun(
                    scratch, journal, goesOn ? layout(journal.entries().get(0)) : fresh, change);
            if (goesOn) {
                journal.entries().forEach(run::take);
            } else {
                run.begin(basis);
            }
            return run;
        } catch (IOException | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    /** How the work is cut into tasks. */
    Layout layout() {
        return layout;
    }

    @Override
    public void restore(RunContext run, Planner planner, Targets targets) throws IOException {
        TaskResultJson json = new TaskResultJson(scratch, planner.edges(), targets.all(), run.deadLetters());
        results = Optional.of(json);
        Set<Path> named = new HashSet<>(Set.of(scratch.file(JOURNAL)));
        for (JsonFields entry : entries.values()) {
            Optional<TaskResult> result = json.read(entry);
            if (result.isPresent()) {
                result.get().deliver(run.totals());
                done.add(result.get().task());
                result.get().products().forEach(product -> named.addAll(product.files()));
            }
        }
        scratch.files().stream().filter(file -> !named.contains(file)).forEach(scratch::delete);
        tell(run.settings(), planner);
    }

    private void tell(EngineSettings settings, Planner planner) throws IOException {
        RunId runId = settings.resumption().orElseThrow().runId();
        if (change.isPresent()) {
            LOG.info("Starting run {} over, since its {} have changed", runId, change.get());
            settings.listener().startedOver(runId, "its " + change.get() + " have changed");
        } else if (!done.isEmpty()) {
            int tasks = 0;
            for (Stage stage : planner.stages()) {
                tasks += stage.root().expectedTasks();
            }
            LOG.info("Resuming run {}: {} of {} tasks are done", runId, done.size(), tasks);
            settings.listener().resumed(runId, done.size(), tasks);
        }
    }

    @Override
    public boolean isDone(TaskId task) {
        return done.contains(task);
    }

    @Override
    public void done(TaskResult result) throws IOException {
        Optional<ObjectNode> entry = results.orElseThrow().write(result);
        if (entry.isPresent()) {
            journal.append(entry.get().put(KIND, TASK));
        }
    }

    @Override
    public List<KeyRange> ranges(Edge edge, Supplier<List<KeyRange>> choice) throws IOException {
        List<KeyRange> known = ranges.get(edge.number());
        if (known != null) {
            return known;
        }
        List<KeyRange> chosen = choice.get();
        ObjectNode entry = SealedJson.object().put(KIND, RANGES).put("edge", edge.number());
        ArrayNode bounds = entry.putArray("bounds");
        chosen.stream()
                .flatMap(range -> range.from().stream())
                .forEach(key -> bounds.addObject().put("key", HexFormat.of().formatHex(key)));
        journal.append(entry);
        return chosen;
    }

    @Override
    public void close() {
        try {
            journal.close();
        } catch (IOException e) {
            LOG.debug("All entries have been written", e);
        }
    }

    private static Optional<String> change(List<JsonFields> entries, RunBasis basis) {
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        try {
            return basis.changeSince(RunBasis.fromJson(entries.get(0).object("basis")));
        } catch (CorruptDataException e) {
            return Optional.of("scratch formats"); // A build with another format of the entry wrote it.
        }
    }

    private static Layout layout(JsonFields run) {
        return new Layout(run.count("shufflePartitions"), run.longCount("splitBytes"));
    }

    private void begin(RunBasis basis) throws IOException {
        journal.clear();
        Path file = scratch.file(JOURNAL);
        scratch.files().stream().filter(other -> !other.equals(file)).forEach(scratch::delete);
        ObjectNode entry = SealedJson.object().put(KIND, RUN);
        entry.put("shufflePartitions", layout.shufflePartitions()).put("splitBytes", layout.splitBytes());
        entry.set("basis", basis.toJson());
        journal.append(entry);
    }

    private void take(JsonFields entry) {
        String kind = entry.text(KIND);
        if (kind.equals(TASK)) {
            entries.put(TaskResultJson.task(entry), entry);
        } else if (kind.equals(RANGES)) {
            ranges.put(
                    entry.count("edge"),
                    KeyRange.at(entry.objects("bounds", bound -> bound.parsed("key", HexFormat.of()::parseHex))));
        }
    }
}
