package io.slipway.batch.shuffle;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Merges sorted runs into one order; of equal keys, those of an earlier run come first. A tree of losers (Knuth, The
 * Art of Computer Programming 3, 5.4.1) finds the next record with one comparison a level.
 */
final class MergeCursor implements RecordCursor {

    private final RunCursor[] runs;
    private final boolean[] ended;
    /** At 0 the winner; at each other place the one that lost there, or −1 as long as nobody came by. */
    private final int[] tree;

    private RunCursor current;

    MergeCursor(List<RunCursor> runs) {
        this.runs = runs.toArray(new RunCursor[0]);
        this.ended = new boolean[this.runs.length];
        this.tree = new int[this.runs.length];
        Arrays.fill(tree, -1);
    }

    @Override
    public boolean next() throws IOException {
        if (current == null) {
            for (int i = runs.length - 1; i >= 0; i--) {
                advance(i);
            }
        } else {
            advance(tree[0]);
        }
        current = runs[tree[0]];
        return !ended[tree[0]];
    }

    @Override
    public byte[] keyArray() {
        return current.keyArray();
    }

    @Override
    public int keyOffset() {
        return current.keyOffset();
    }

    @Override
    public int keyLength() {
        return current.keyLength();
    }

    @Override
    public byte[] valueArray() {
        return current.valueArray();
    }

    @Override
    public int valueOffset() {
        return current.valueOffset();
    }

    @Override
    public int valueLength() {
        return current.valueLength();
    }

    @Override
    public void close() {
        for (RunCursor run : runs) {
            run.close();
        }
    }

    private void advance(int index) throws IOException {
        ended[index] = !runs[index].next();
        int winner = index;
        for (int place = (index + runs.length) >>> 1; place > 0; place >>>= 1) {
            int other = tree[place];
            if (other < 0) {
                tree[place] = winner;
                return;
            }
            if (isBefore(other, winner)) {
                tree[place] = winner;
                winner = other;
            }
        }
        tree[0] = winner;
    }

    private boolean isBefore(int i, int j) {
        if (ended[i] || ended[j]) {
            return !ended[i];
        }
        RunCursor a = runs[i];
        RunCursor b = runs[j];
        int order = Long.compareUnsigned(a.prefix(), b.prefix());
        if (order == 0) {
            order = Prefix.compareRest(
                    a.keyArray(),
                    a.keyOffset(),
                    a.keyLength(),
                    b.keyArray(),
                    b.keyOffset(),
                    b.keyLength(),
                    Prefix.BYTES);
        }
        return order < 0 || (order == 0 && i < j);
    }
}
