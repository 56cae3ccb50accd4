package io.slipway.benchmarks;

import io.slipway.benchmarks.LookupConnection.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where {@link MadeRecords} are read by key, of which every one has to be there. Used by one thread. */
sealed interface KeyStore extends AutoCloseable {

    /** Connects to {@code redis} or {@code slipway}, which is a node's lookup port. */
    static KeyStore connect(String kind, int port) throws IOException {
        return switch (kind) {
            case "redis" -> new Redis(new RedisConnection(port));
            case "slipway" -> new Slipway(new LookupConnection(port));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** The first byte of the text under the key in a line. */
    byte firstByte(byte[] line) throws IOException;

    /** The first bytes of the texts under the keys of records, numbered from one on. */
    byte[] firstBytes(long from, int count) throws IOException;

    @Override
    void close() throws IOException;

    /** In Redis the text is the value. */
    record Redis(RedisConnection redis) implements KeyStore {

        @Override
        public byte firstByte(byte[] line) throws IOException {
            redis.sendGet(Arrays.copyOf(line, MadeRecords.KEY_BYTES));
            redis.flush();
            return redis.receiveValue().orElseThrow()[0];
        }

        @Override
        public byte[] firstBytes(long from, int count) throws IOException {
            byte[] line = new byte[MadeRecords.LINE_BYTES];
            for (int i = 0; i < count; i++) {
                MadeRecords.fill(from + i, line);
                redis.sendGet(Arrays.copyOf(line, MadeRecords.KEY_BYTES));
            }
            redis.flush();
            byte[] found = new byte[count];
            for (int i = 0; i < count; i++) {
                found[i] = redis.receiveValue().orElseThrow()[0];
            }
            return found;
        }

        @Override
        public void close() throws IOException {
            redis.close();
        }
    }

    /** A node of Slipway's gives JSON with the text in the field {@code v}. */
    record Slipway(LookupConnection node) implements KeyStore {

        private static final String DATASET = "/v1/datasets/made/records";
        private static final String FIELD = "\"v\":\"";

        @Override
        public byte firstByte(byte[] line) throws IOException {
            return text(node.get(DATASET + "/" + key(line)), 1)[0];
        }

        @Override
        public byte[] firstBytes(long from, int count) throws IOException {
            byte[] line = new byte[MadeRecords.LINE_BYTES];
            StringBuilder keys = new StringBuilder("{\"keys\":[");
            for (int i = 0; i < count; i++) {
                MadeRecords.fill(from + i, line);
                keys.append(i == 0 ? "\"" : ",\"").append(key(line)).append('"');
            }
            return text(node.post(DATASET + ":batchGet", keys.append("]}").toString()), count);
        }

        private static byte[] text(Reply reply, int count) throws IOException {
            String text = reply.body();
            if (reply.status() != 200) {
                throw new IOException(text);
            }
            byte[] found = new byte[count];
            int at = 0;
            for (int i = 0; i < count; i++) {
                at = text.indexOf(FIELD, at) + FIELD.length();
                if (at < FIELD.length()) {
                    throw new IOException("Only " + i + " of " + count + " keys are there");
                }
                found[i] = (byte) text.charAt(at);
            }
            return found;
        }

        private static String key(byte[] line) {
            return new String(line, 0, MadeRecords.KEY_BYTES, StandardCharsets.US_ASCII);
        }

        @Override
        public void close() throws IOException {
            node.close();
        }
    }
}
