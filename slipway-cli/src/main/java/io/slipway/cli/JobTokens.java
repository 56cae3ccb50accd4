package io.slipway.cli;

import io.slipway.batch.JobDefinition;
import io.slipway.batch.JobOption;
import io.slipway.model.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A job's own options, on the command line and in the help. Stateless. */
final class JobTokens {

    private JobTokens() {}

    /**
     * The values by option: {@code --name value}, {@code --name=value}, {@code --name one two}.
     *
     * @throws InvalidInputException if a value has no name before it, or a name no value behind it
     */
    static Map<String, List<String>> parse(List<String> tokens) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        String option = "";
        for (String token : tokens) {
            if (token.startsWith("--")) {
                checkComplete(option, values);
                int equals = token.indexOf('=');
                option = equals < 0 ? token.substring(2) : token.substring(2, equals);
                values.computeIfAbsent(option, name -> new ArrayList<>());
                if (equals >= 0) {
                    values.get(option).add(token.substring(equals + 1));
                }
            } else if (option.isEmpty()) {
                throw new InvalidInputException("'" + token + "' belongs to no option. Write --name before it.");
            } else {
                values.get(option).add(token);
            }
        }
        checkComplete(option, values);
        return values;
    }

    private static void checkComplete(String option, Map<String, List<String>> values) {
        if (!option.isEmpty() && values.get(option).isEmpty()) {
            throw new InvalidInputException("The option --" + option + " has no value. Give it one.");
        }
    }

    /** The lines that tell people what a job does and which options it has. */
    static List<String> help(JobDefinition job) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("The job " + job.name() + ": " + job.description());
        int width = job.options().stream()
                .mapToInt(option -> head(option).length())
                .max()
                .orElse(0);
        for (JobOption option : job.options()) {
            String head = head(option);
            lines.add(head + " ".repeat(width - head.length() + 2) + option.description() + fate(option));
        }
        return lines;
    }

    private static String head(JobOption option) {
        return "      --" + option.name() + "=" + option.valueName()
                + (option.occurrence() == JobOption.Occurrence.AT_LEAST_ONCE ? "..." : "");
    }

    private static String fate(JobOption option) {
        if (option.occurrence() != JobOption.Occurrence.AT_MOST_ONCE) {
            return " Required.";
        }
        return option.defaultValue().map(value -> " Default: " + value).orElse("");
    }
}
