package io.slipway.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A connection to a node's lookup port that stays open: one request after the other, with as little work as can be, so
 * that little of the machine goes to who measures. Used by one thread.
 */
final class LookupConnection implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final String LENGTH = "content-length: ";
    private static final String VERSION = "slipway-version: ";
    private static final String CATALOG = "slipway-catalog: ";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] line = new byte[BUFFER_BYTES];

    LookupConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
        out = socket.getOutputStream();
    }

    /**
     * A reply.
     *
     * @param version the version that it is of; 0 if it does not say
     * @param catalog the catalog that it is of; 0 if it does not say
     */
    record Reply(int status, long version, long catalog, String body) {

        Reply withBody(String other) {
            return new Reply(status, version, catalog, other);
        }
    }

    Reply get(String path) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: node\r\n\r\n");
        return receive();
    }

    Reply post(String path, String body) throws IOException {
        send("POST " + path + " HTTP/1.1\r\nHost: node\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        return receive();
    }

    private void send(String request) throws IOException {
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private Reply receive() throws IOException {
        int status = Integer.parseInt(readLine().split(" ", 3)[1]);
        int length = 0;
        long version = 0;
        long catalog = 0;
        for (String header = readLine(); !header.isEmpty(); header = readLine()) {
            length = (int) number(header, LENGTH, length);
            version = number(header, VERSION, version);
            catalog = number(header, CATALOG, catalog);
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("The reply ends in its body");
        }
        return new Reply(status, version, catalog, new String(body, StandardCharsets.UTF_8));
    }

    private static long number(String header, String name, long otherwise) {
        return header.regionMatches(true, 0, name, 0, name.length())
                ? Long.parseLong(header, name.length(), header.length(), 10)
                : otherwise;
    }

    private String readLine() throws IOException {
        int length = 0;
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("The connection ended");
            }
            line[length++] = (byte) b;
        }
        return new String(line, 0, length - 1, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
