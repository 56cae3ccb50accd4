package io.slipway.benchmarks;

/** What was seen of a dataset whose versions are swapped, on one connection or on all. Not thread-safe. */
final class Tally {

    private final Latencies latencies = new Latencies();
    private long replies;
    private long evens;
    private long changes;
    private long errors;
    private long mixed;
    private long wrong;
    private long backward;
    private long version;
    private long versionBefore;
    private long catalog;

    /** Counts a latency, in nanoseconds. */
    void took(long nanos) {
        latencies.add(nanos);
    }

    /** Counts a good reply of the version that is current, or of one that was asked for. */
    void follow(LookupConnection.Reply reply, boolean isCurrent) {
        replies++;
        backward += reply.catalog() < catalog ? 1 : 0;
        catalog = reply.catalog();
        evens += reply.version() % 2 == 0 ? 1 : 0;
        if (isCurrent && reply.version() != version) {
            changes += version == 0 ? 0 : 1;
            versionBefore = version;
            version = reply.version();
        }
    }

    /** Counts a reply that is none, or says that something failed. */
    void error(Object what) {
        System.err.println(what);
        errors++;
    }

    /** Counts a reply with something of another version than it says. */
    void mixed(Object what) {
        System.err.println(what);
        mixed++;
    }

    /** Counts another wrong reply. */
    void wrong(Object what) {
        System.err.println(what);
        wrong++;
    }

    /** The version that was current last; 0 before there was a reply. */
    long version() {
        return version;
    }

    /** The version that was current before that one; 0 if none was. */
    long versionBefore() {
        return versionBefore;
    }

    /** Adds what was seen on another connection. */
    void add(Tally other) {
        latencies.addAll(other.latencies);
        replies += other.replies;
        evens += other.evens;
        changes += other.changes;
        errors += other.errors;
        mixed += other.mixed;
        wrong += other.wrong;
        backward += other.backward;
    }

    /** Whether there were replies, and all were right. */
    boolean isRight() {
        return errors + mixed + wrong + backward == 0 && replies > 0;
    }

    Latencies latencies() {
        return latencies;
    }

    /** Replies, those of even versions, changes of version, errors, mixed, wrong and backward replies. */
    @Override
    public String toString() {
        return replies + " " + evens + " " + changes + " " + errors + " " + mixed + " " + wrong + " " + backward;
    }
}
