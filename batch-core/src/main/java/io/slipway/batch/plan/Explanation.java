package io.slipway.batch.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the text of {@link io.slipway.batch.Job#explain}. Used once. */
public final class Explanation {

    private final IdentityHashMap<Node, Part> parts = new IdentityHashMap<>();
    private final List<Part> order = new ArrayList<>();
    private final Set<Node> direct = Collections.newSetFromMap(new IdentityHashMap<>());

    private Explanation() {}

    /** Explains a job by its outputs. */
    public static String of(String job, List<Output> outputs) {
        Explanation explanation = new Explanation();
        outputs.forEach(explanation::add);
        return explanation.text(job);
    }

    private void add(Output output) {
        Node input = output.input();
        if (output instanceof Published published) {
            addPublished(input, "publish " + published.publication().dataset());
        } else if (output instanceof WriteOutput write) {
            leadFrom(input, "→ write " + write.sink().folder());
        } else {
            leadFrom(input, "→ collect");
        }
    }

    /** The first version that an aggregate is published as takes its partitions, so that one shuffle does for both. */
    private void addPublished(Node input, String label) {
        Set<Part> from = partsOf(input);
        if (input instanceof Aggregate && direct.add(input)) {
            from.forEach(part -> part.line(input, "→ " + label + ", without a further shuffle"));
            return;
        }
        Part publish = newPart(label, Optional.empty());
        from.forEach(part -> part.line(input, "→ shuffle to stage " + publish.number));
    }

    private void leadFrom(Node node, String line) {
        partsOf(node).forEach(part -> part.line(node, line));
    }

    /** The stages that a node is in; those before them come first. */
    private Set<Part> partsOf(Node node) {
        if (node instanceof Read || node instanceof Wide) {
            Part known = parts.get(node);
            return Set.of(known != null ? known : begin(node));
        }
        Set<Part> fused = new LinkedHashSet<>();
        node.inputs().forEach(input -> fused.addAll(partsOf(input)));
        return fused;
    }

    private Part begin(Node node) {
        node.inputs().forEach(this::partsOf);
        Part part = newPart(node.label(), Optional.of(node));
        parts.put(node, part);
        node.inputs().forEach(input -> leadFrom(input, "→ " + shuffle(node) + " to stage " + part.number));
        return part;
    }

    private Part newPart(String label, Optional<Node> root) {
        Part part = new Part(order.size() + 1, label, root);
        order.add(part);
        return part;
    }

    private static String shuffle(Node node) {
        if (node instanceof Aggregate aggregate) {
            return aggregate.spread() == Aggregate.Spread.BY_KEY
                    ? "combine, shuffle by key"
                    : "combine, shuffle to one task";
        }
        if (node instanceof Sort) {
            return "shuffle by range";
        }
        return node instanceof Group group && group.order().isPresent()
                ? "shuffle by key, sorted by key and value order"
                : "shuffle by key";
    }

    private String text(String job) {
        StringBuilder text = new StringBuilder("Job ").append(job).append('\n');
        for (Part part : order) {
            text.append("Stage ")
                    .append(part.number)
                    .append(": ")
                    .append(part.label)
                    .append('\n');
            part.lines.forEach(line -> text.append("  ").append(line).append('\n'));
        }
        return text.toString();
    }

    /** A stage, with a line for each way out of it. */
    private static final class Part {

        private final int number;
        private final String label;
        private final Optional<Node> root;
        private final List<String> lines = new ArrayList<>();

        Part(int number, String label, Optional<Node> root) {
            this.number = number;
            this.label = label;
            this.root = root;
        }

        /** Adds the way out behind a node, with the operators that are fused on the way there. */
        void line(Node end, String target) {
            String fused = fusedTo(end);
            lines.add(fused.isEmpty() ? target : "fused: " + fused + " " + target);
        }

        /** The operators between the root and a node; those of one side stand for both where both are in this stage. */
        private String fusedTo(Node end) {
            List<String> labels = new ArrayList<>();
            Node node = end;
            while (!(node instanceof Read || node instanceof Wide)) {
                labels.add(0, node.label());
                node = node.inputs().stream().filter(this::holds).findFirst().orElseThrow();
            }
            return String.join(", ", labels);
        }

        private boolean holds(Node node) {
            if (node instanceof Read || node instanceof Wide) {
                return root.filter(start -> start == node).isPresent();
            }
            return node.inputs().stream().anyMatch(this::holds);
        }
    }
}
