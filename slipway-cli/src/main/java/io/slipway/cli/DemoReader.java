package io.slipway.cli;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.slipway.cli.DemoAnswers.Verdict;
import io.slipway.cli.DemoClient.Reply;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/**
 * One of the demo's readers: looks routes up, alone and many at once, as fast as replies come, and checks every reply.
 * Used by one thread.
 *
 * <p>Which versions it may see, in what order, is known: 1, then 2, then 1 again after the rollback. It never goes back
 * to an earlier one of these steps, and takes the next only when that may have happened.
 */
final class DemoReader {

    /** The versions in the order in which they are current. */
    private static final long[] STEPS = {1, 2, 1};

    private static final int SINGLE_LOOKUPS = 9;
    private static final int BATCH = 50;

    private final DemoClient client;
    private final DemoAnswers answers;
    private final List<String> routes;
    private final DemoTally tally;
    private final RandomGenerator random;
    private final IntSupplier allowed;
    private int step;

    /**
     * A reader.
     *
     * @param routes what it looks up
     * @param tally what it counts in
     * @param random which routes it looks up next
     * @param allowed tells the last step that may have been taken, from 0; asked after each reply
     */
    DemoReader(
            DemoClient client,
            DemoAnswers answers,
            List<String> routes,
            DemoTally tally,
            RandomGenerator random,
            IntSupplier allowed) {
        this.client = client;
        this.answers = answers;
        this.routes = routes;
        this.tally = tally;
        this.random = random;
        this.allowed = allowed;
    }

    /** How many steps there are. */
    static int steps() {
        return STEPS.length;
    }

    /**
     * Looks a few routes up one by one, and many at once.
     *
     * @return the step it is at now
     */
    int readSome() throws InterruptedException {
        for (int i = 0; i < SINGLE_LOOKUPS; i++) {
            String route = routes.get(random.nextInt(routes.size()));
            read(List.of(route), () -> client.lookUp(route));
        }
        int batch = Math.min(BATCH, routes.size());
        int from = random.nextInt(routes.size() - batch + 1);
        List<String> some = routes.subList(from, from + batch);
        read(some, () -> client.lookUp(some));
        return step;
    }

    private void read(List<String> wanted, Request request) throws InterruptedException {
        try {
            judge(wanted, request.send());
        } catch (IOException e) {
            tally.error("No reply: " + e, wanted.size());
        }
    }

    private void judge(List<String> wanted, Reply reply) {
        if (reply.status() != 200) {
            tally.error("Status " + reply.status() + ": " + reply.body(), wanted.size());
            return;
        }
        Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
        for (String route : wanted) {
            verdicts.add(answers.check(
                    reply.version(), route, reply.values().getOrDefault(route, MissingNode.getInstance())));
        }
        if (verdicts.contains(Verdict.OF_ANOTHER_VERSION) || reply.version() != reply.bodyVersion()) {
            tally.mixed("A reply of version " + reply.version() + " has values of another: " + reply, wanted.size());
        } else if (verdicts.contains(Verdict.WRONG)) {
            tally.error("Values that no version has: " + reply, wanted.size());
        } else {
            follow(reply.version(), wanted.size());
        }
    }

    private void follow(long version, int values) {
        int next = step + 1;
        if (version == STEPS[step]) {
            tally.right(version, values);
        } else if (next <= allowed.getAsInt() && version == STEPS[next]) {
            step = next;
            tally.right(version, values);
        } else {
            tally.error(
                    "Version " + version + " after version " + STEPS[step] + ", with nothing that led to it", values);
        }
    }

    /** Asks for something. */
    @FunctionalInterface
    private interface Request {
        Reply send() throws IOException, InterruptedException;
    }
}
