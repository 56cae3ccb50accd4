package io.slipway.benchmarks;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A connection to Redis (its protocol RESP2): what is sent is sent at the next flush, replies come in order. Used by one thread. */
final class RedisConnection implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] SET = "*3\r\n$3\r\nSET\r\n$".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GET = "*2\r\n$3\r\nGET\r\n$".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEXT = "\r\n$".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    RedisConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
        out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
    }

    void sendSet(byte[] key, byte[] value) throws IOException {
        out.write(SET);
        writeText(key);
        out.write(NEXT);
        writeText(value);
        out.write(END);
    }

    void sendGet(byte[] key) throws IOException {
        out.write(GET);
        writeText(key);
        out.write(END);
    }

    void flush() throws IOException {
        out.flush();
    }

    /** Receives the reply to a SET. */
    void receiveOk() throws IOException {
        String line = readLine();
        if (!line.equals("+OK")) {
            throw new IOException("Redis says " + line);
        }
    }

    /** Receives the reply to a GET: the value if there is one. */
    Optional<byte[]> receiveValue() throws IOException {
        String line = readLine();
        if (line.charAt(0) != '$') {
            throw new IOException("Redis says " + line);
        }
        int length = Integer.parseInt(line.substring(1));
        if (length < 0) {
            return Optional.empty();
        }
        byte[] value = in.readNBytes(length);
        in.skipNBytes(END.length);
        return Optional.of(value);
    }

    private void writeText(byte[] text) throws IOException {
        out.write(Integer.toString(text.length).getBytes(StandardCharsets.US_ASCII));
        out.write(END);
        out.write(text);
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\r'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("Redis closed the connection");
            }
            line.append((char) b);
        }
        in.skipNBytes(1);
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
