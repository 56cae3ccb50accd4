package io.slipway.serving;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A client that sends requests that are none, or stops in the middle of a body, each on a connection of its own. */
final class Spoiler {

    private static final String[] MALFORMED = {
        "GET /v1/datasets HTTP/1.1\r\n\r\n",
        "GET /v1/datasets HTTP/9.1\r\nHost: x\r\n\r\n",
        "GE\u0000T /v1/datasets HTTP/1.1\r\nHost: x\r\n\r\nmore",
        "GET /v1/datasets HTTP/1.1\r\nHo st: x\r\nContent-Length: a\r\n\r\nmore"
    };
    private static final String[] WITH_BODY = {
        "POST /v1/datasets/text/records:batchGet",
        "GET /v1/datasets/text/records/key1",
        "DELETE /v1/datasets/text/records/key1",
        "POST /v1/datasets/none/records:batchGet"
    };
    private static final int SLOW_ONE_IN = 200;
    private static final int TIMEOUT_MILLIS = 20_000;

    private final int port;
    private final Random random;
    private final long limitNanos;

    /** A client; {@code limitMillis} is how long the server waits for a body. */
    Spoiler(int port, Random random, long limitMillis) {
        this.port = port;
        this.random = random;
        this.limitNanos = TimeUnit.MILLISECONDS.toNanos(limitMillis);
    }

    /**
     * Sends one, and looks at what comes back.
     *
     * @throws IOException if that is no HTTP, or nothing for very long
     */
    void spoil() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoLinger(true, 0);
            int kind = random.nextInt(SLOW_ONE_IN);
            if (kind == 0) {
                sendSlowly(socket.getOutputStream());
            } else if (kind < SLOW_ONE_IN / 5) {
                breakOff(socket);
            } else {
                send(socket.getOutputStream(), MALFORMED[random.nextInt(MALFORMED.length)]);
            }
            if (!socket.isClosed()) {
                read(socket);
            }
        } catch (SocketException e) {
            // It was cut off, as it deserved.
        }
    }

    /** What is missing of the body comes when the server gives it up. */
    private void sendSlowly(OutputStream out) throws IOException {
        boolean isChunked = beginBody(out);
        LockSupport.parkNanos(limitNanos - 1_000_000 + random.nextInt(2_000_000));
        for (int i = 0; i < 5; i++) {
            send(out, isChunked ? "\r\n5\r\n12345" : "12345");
        }
    }

    private void breakOff(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        beginBody(out);
        LockSupport.parkNanos(random.nextInt(300_000));
        switch (random.nextInt(4)) {
            case 0 -> socket.shutdownOutput();
            case 1 -> socket.close();
            case 2 -> send(out, "\r\nzz rubbish\r\n");
            default -> send(out, "\r\n0\r\n\r\nGET /v1/datasets HTTP/1.1\r\nHost: x\r\n\r\n");
        }
    }

    private boolean beginBody(OutputStream out) throws IOException {
        boolean isChunked = random.nextBoolean();
        String head = WITH_BODY[random.nextInt(WITH_BODY.length)] + " HTTP/1.1\r\nHost: x\r\n";
        send(
                out,
                head
                        + (isChunked
                                ? "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"key"
                                : "Content-Length: 1000\r\n\r\n{\"key"));
        return isChunked;
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void read(Socket socket) throws IOException {
        String beginning;
        try {
            beginning = new String(socket.getInputStream().readNBytes(9), StandardCharsets.ISO_8859_1);
        } catch (SocketTimeoutException e) {
            throw new IOException("neither a reply nor an end", e);
        }
        if (!"HTTP/1.1 ".startsWith(beginning)) {
            throw new IOException("no reply, but: " + beginning);
        }
    }
}
