package io.slipway.batch.engine;

import io.slipway.batch.plan.Narrow;
import io.slipway.batch.plan.Node;
import io.slipway.batch.plan.Receiver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** A root, the narrow operators behind it, and the exits that they lead to. Immutable once planned. */
final class Stage {

    private final Root root;
    private final boolean readsInput;
    private final IdentityHashMap<Node, List<Node>> operators = new IdentityHashMap<>();
    private final IdentityHashMap<Node, List<Exit>> exits = new IdentityHashMap<>();
    private final Set<Node> known = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Node start;

    /** A stage that begins with a node of the plan. */
    Stage(Root root, Node start, boolean readsInput) {
        this.root = root;
        this.start = start;
        this.readsInput = readsInput;
    }

    Root root() {
        return root;
    }

    boolean readsInput() {
        return readsInput;
    }

    /** Adds a narrow operator or a union behind those of its inputs that are in this stage; twice if it has one twice. */
    void add(Node operator) {
        if (known.add(operator)) {
            for (Node input : operator.inputs()) {
                operators.computeIfAbsent(input, node -> new ArrayList<>()).add(operator);
            }
        }
    }

    void add(Node node, Exit exit) {
        exits.computeIfAbsent(node, any -> new ArrayList<>()).add(exit);
    }

    /** What the stage does, for people: {@code read flights.csv, keyBy, aggregate}. */
    String label() {
        StringBuilder label = new StringBuilder(root.label());
        for (Node node = start;
                operators.containsKey(node);
                node = operators.get(node).get(0)) {
            label.append(", ").append(operators.get(node).get(0).label());
        }
        return label.toString();
    }

    /** Does one attempt's work. */
    void run(Attempt attempt) throws IOException {
        Opened opened = new Opened(new ArrayList<>(), new IdentityHashMap<>());
        try {
            Receiver out = connect(start, attempt, opened);
            root.run(attempt.task(), attempt, out);
            for (Exit.ExitAttempt exit : opened.exits) {
                exit.finish();
            }
        } finally {
            opened.exits.forEach(Exit.ExitAttempt::close);
        }
    }

    /** How a task's share of the memory is spread. */
    AttemptMemory memory(long shareBytes) {
        long sorting = exits.values().stream()
                .flatMap(List::stream)
                .filter(Exit::sorts)
                .count();
        return AttemptMemory.of(shareBytes, !readsInput, sorting);
    }

    /** Connects what is behind a node, once for each attempt even where several ways lead there. */
    private Receiver connect(Node node, Attempt attempt, Opened opened) {
        Receiver known = opened.receivers.get(node);
        if (known != null) {
            return known;
        }
        List<Receiver> behind = new ArrayList<>();
        for (Node operator : operators.getOrDefault(node, List.of())) {
            Receiver next = connect(operator, attempt, opened);
            behind.add(operator instanceof Narrow narrow ? narrow.step().connect(next, attempt) : next);
        }
        for (Exit exit : exits.getOrDefault(node, List.of())) {
            Exit.ExitAttempt open = exit.open(attempt);
            opened.exits.add(open);
            attempt.opened(open);
            behind.add(open);
        }
        Receiver receiver = behind.size() == 1 ? behind.get(0) : toAll(behind);
        opened.receivers.put(node, receiver);
        return receiver;
    }

    private static Receiver toAll(List<Receiver> receivers) {
        Receiver[] all = receivers.toArray(new Receiver[0]);
        return (key, value) -> {
            for (Receiver receiver : all) {
                receiver.receive(key, value);
            }
        };
    }

    /** What one attempt has connected. */
    private record Opened(List<Exit.ExitAttempt> exits, IdentityHashMap<Node, Receiver> receivers) {}
}
