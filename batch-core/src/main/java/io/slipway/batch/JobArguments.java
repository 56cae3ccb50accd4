package io.slipway.batch;

import io.slipway.batch.JobOption.Occurrence;
import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import io.slipway.model.publish.Publication;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The values of a {@link JobDefinition}'s options, for one run. Immutable. */
public final class JobArguments {

    private final Map<String, List<String>> values;
    private final RunId runId;

    private JobArguments(Map<String, List<String>> values, RunId runId) {
        this.values = values;
        this.runId = runId;
    }

    /**
     * Checks values against the options, and adds the defaults.
     *
     * @param options what may and must be given
     * @param given the values by option name, in the order given
     * @param runId the name of the run, under which a repeat publishes nothing twice
     * @throws InvalidInputException if a name is unknown, a required option is missing, or one is given too often
     */
    public static JobArguments of(List<JobOption> options, Map<String, List<String>> given, RunId runId) {
        checkNames(options, given);
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (JobOption option : options) {
            List<String> found = given.getOrDefault(option.name(), List.of());
            check(option, found);
            values.put(
                    option.name(),
                    found.isEmpty() ? option.defaultValue().stream().toList() : List.copyOf(found));
        }
        return new JobArguments(values, runId);
    }

    private static void checkNames(List<JobOption> options, Map<String, List<String>> given) {
        List<String> names = options.stream().map(JobOption::name).toList();
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                throw new InvalidInputException("The job has no option --" + name + ". It has "
                        + names.stream().map(known -> "--" + known).collect(Collectors.joining(", ")) + ".");
            }
        }
    }

    private static void check(JobOption option, List<String> found) {
        if (found.isEmpty() && option.occurrence() != Occurrence.AT_MOST_ONCE) {
            throw new InvalidInputException("The option --" + option.name() + " is missing. Give it: --" + option.name()
                    + " " + option.valueName() + ".");
        }
        if (found.size() > 1 && option.occurrence() != Occurrence.AT_LEAST_ONCE) {
            throw new InvalidInputException(
                    "The option --" + option.name() + " is given " + found.size() + " times. Give it once.");
        }
    }

    /** The name of the run. */
    public RunId runId() {
        return runId;
    }

    /** All values by option name, in the order of the options; an empty list where there is none. */
    public Map<String, List<String>> values() {
        return java.util.Collections.unmodifiableMap(values);
    }

    /**
     * A publication of a dataset under this run's id: what jobs should publish as, so that a repeated run is safe.
     *
     * @throws InvalidInputException if that is not a dataset name
     */
    public Publication publication(String dataset) {
        return Publication.of(dataset).withRunId(runId);
    }

    /** All values of an option, in the order given. */
    public List<String> texts(String option) {
        List<String> found = values.get(option);
        if (found == null) {
            throw new IllegalArgumentException("The job declares no option " + option);
        }
        return found;
    }

    /** The value of an option, if it has one. */
    public Optional<String> optionalText(String option) {
        return texts(option).stream().findFirst();
    }

    /**
     * The value of an option.
     *
     * @throws InvalidInputException if it has none
     */
    public String text(String option) {
        return optionalText(option)
                .orElseThrow(() -> new InvalidInputException("The option --" + option + " is missing. Give it."));
    }

    /**
     * The value of an option as a whole number.
     *
     * @throws InvalidInputException if it has none, or it is no whole number
     */
    public long number(String option) {
        String text = text(option);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new InvalidInputException("--" + option + " is '" + text + "'. Give a whole number.", e);
        }
    }

    /**
     * The value of an option as a path.
     *
     * @throws InvalidInputException if it has none, or it cannot be a path
     */
    public Path path(String option) {
        return pathOf(option, text(option));
    }

    /**
     * All values of an option as paths, in the order given.
     *
     * @throws InvalidInputException if one cannot be a path
     */
    public List<Path> paths(String option) {
        return texts(option).stream().map(text -> pathOf(option, text)).toList();
    }

    private static Path pathOf(String option, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidInputException("--" + option + " is '" + text + "', which is no path. Correct it.", e);
        }
    }
}
