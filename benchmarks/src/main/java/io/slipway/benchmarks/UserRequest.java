package io.slipway.benchmarks;

import io.slipway.benchmarks.LookupConnection.Reply;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A kind of request for small {@link UserRecords}, sent for random ones, whose reply is checked. Stateless. */
enum UserRequest {

    /** One record, of which only the status is checked, so that it can be asked of other servers too. */
    LOOKUP {
        @Override
        void send(LookupConnection to, long records, SplittableRandom random, Tally tally) throws IOException {
            Reply reply = to.get(record(random.nextLong(records)));
            if (reply.status() == OK) {
                tally.follow(reply, true);
            } else {
                tally.error(reply);
            }
        }
    },

    /** One record. */
    SINGLE {
        @Override
        void send(LookupConnection to, long records, SplittableRandom random, Tally tally) throws IOException {
            long number = random.nextLong(records);
            judge(to.get(record(number)), true, tally, version -> UserRecords.json(number, version));
        }
    },

    /** A key that no record has. */
    MISSING {
        @Override
        void send(LookupConnection to, long records, SplittableRandom random, Tally tally) throws IOException {
            Reply reply = to.get(record(records + random.nextLong(records)));
            if (reply.status() == NOT_FOUND && reply.body().contains("key-not-found")) {
                tally.follow(reply, true);
            } else {
                tally.error(reply);
            }
        }
    },

    /** One record of the version that is current, or was before, by its number. */
    PINNED {
        @Override
        void send(LookupConnection to, long records, SplittableRandom random, Tally tally) throws IOException {
            long pinned = tally.versionBefore() > 0 && random.nextBoolean() ? tally.versionBefore() : tally.version();
            if (pinned == 0) {
                SINGLE.send(to, records, random, tally);
                return;
            }
            long number = random.nextLong(records);
            judge(
                    to.get(record(number) + "?version=" + pinned),
                    false,
                    tally,
                    version -> UserRecords.json(number, pinned));
        }
    },

    /** Twenty keys, of which one has no record. */
    BATCH {
        @Override
        void send(LookupConnection to, long records, SplittableRandom random, Tally tally) throws IOException {
            long[] numbers = random.longs(BATCH_KEYS - 1, 0, records).toArray();
            String missing = '"' + UserRecords.key(records + random.nextLong(records)) + '"';
            String body = LongStream.of(numbers)
                    .mapToObj(number -> '"' + UserRecords.key(number) + '"')
                    .collect(Collectors.joining(",", "{\"keys\":[", "," + missing + "]}"));
            judge(
                    to.post(RECORDS + ":batchGet", body),
                    true,
                    tally,
                    version -> LongStream.of(numbers)
                            .mapToObj(number -> pair(number, version))
                            .collect(Collectors.joining(
                                    ",",
                                    "{\"version\":" + version + ",\"found\":[",
                                    "],\"missing\":[" + missing + "]}")));
        }
    },

    /** Fifty records in the order of their keys; what is said of the next page is not checked. */
    SCAN {
        @Override
        void send(LookupConnection to, long records, SplittableRandom random, Tally tally) throws IOException {
            long from = random.nextLong(records - SCAN_RECORDS);
            Reply reply = to.get(RECORDS + "?limit=" + SCAN_RECORDS + "&from=" + UserRecords.key(from));
            int end = reply.body().indexOf(']') + 1;
            judge(
                    reply.withBody(reply.body().substring(0, end)),
                    true,
                    tally,
                    version -> LongStream.range(from, from + SCAN_RECORDS)
                            .mapToObj(number -> pair(number, version))
                            .collect(Collectors.joining(",", "{\"version\":" + version + ",\"records\":[", "]")));
        }
    };

    private static final String RECORDS = "/v1/datasets/users/records";
    private static final int BATCH_KEYS = 20;
    private static final int SCAN_RECORDS = 50;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    /** What a reply of a version should be. */
    @FunctionalInterface
    private interface Expected {
        String of(long version);
    }

    /**
     * Sends one and counts what comes.
     *
     * @param records how many there are
     * @throws IOException if there is no reply; that is not counted
     */
    abstract void send(LookupConnection to, long records, SplittableRandom random, Tally tally) throws IOException;

    private static String record(long number) {
        return RECORDS + "/" + UserRecords.key(number);
    }

    private static String pair(long number, long version) {
        return "{\"key\":\"" + UserRecords.key(number) + "\",\"value\":" + UserRecords.json(number, version) + "}";
    }

    private static void judge(Reply reply, boolean isCurrent, Tally tally, Expected expected) {
        if (reply.status() != OK || reply.version() == 0) {
            tally.error(reply);
        } else if (reply.body().equals(expected.of(reply.version()))) {
            tally.follow(reply, isCurrent);
        } else if (hasOtherVersion(reply)) {
            tally.mixed(reply);
        } else {
            tally.wrong(reply);
        }
    }

    private static boolean hasOtherVersion(Reply reply) {
        return !reply.body()
                .replaceAll(" in version " + reply.version() + " ", "")
                .equals(reply.body().replaceAll(" in version \\d+ ", ""));
    }
}
