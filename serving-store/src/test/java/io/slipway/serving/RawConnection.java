package io.slipway.serving;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** A connection that sends bytes as they are, opened again when the server has closed it. A reply has to come in time. */
final class RawConnection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final int port;
    private Optional<Socket> socket = Optional.empty();
    private InputStream in = InputStream.nullInputStream();

    RawConnection(int port) {
        this.port = port;
    }

    /** A reply; the status is 0 if the connection was closed instead. */
    record Reply(int status, String head, String body) {
        static final Reply NONE = new Reply(0, "", "");
    }

    /** Sends a request, and nothing after it unless it ends where it says. */
    Reply send(byte[] request, boolean framed) throws IOException {
        Socket to = socket.isPresent() ? socket.get() : open();
        try {
            to.getOutputStream().write(request);
            to.getOutputStream().flush();
            if (!framed) {
                to.shutdownOutput();
            }
            Reply reply = read(isHead(request));
            if (!framed
                    || reply.status() == 0
                    || reply.head().toLowerCase(Locale.ROOT).contains("connection: close")) {
                close();
            }
            return reply;
        } catch (SocketException e) {
            close();
            return Reply.NONE;
        }
    }

    private Socket open() throws IOException {
        Socket opened = new Socket(InetAddress.getLoopbackAddress(), port);
        opened.setSoTimeout(TIMEOUT_MILLIS);
        opened.setTcpNoDelay(true);
        opened.setSoLinger(true, 0); // Or the long run is out of ports.
        socket = Optional.of(opened);
        in = new BufferedInputStream(opened.getInputStream());
        return opened;
    }

    private static boolean isHead(byte[] request) {
        return new String(request, 0, Math.min(5, request.length), StandardCharsets.ISO_8859_1).equals("HEAD ");
    }

    private Reply read(boolean isHead) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String head;
        do {
            int b = in.read();
            if (b < 0) {
                return Reply.NONE;
            }
            bytes.write(b);
            head = bytes.size() > 3 && b == '\n' ? bytes.toString(StandardCharsets.ISO_8859_1) : "";
        } while (!head.endsWith("\r\n\r\n"));
        if (!head.startsWith("HTTP/1.1 ")) {
            throw new IOException("no reply, but: " + head);
        }
        int status = Integer.parseInt(head.substring(9, 12));
        int length = isHead || status == 304 ? 0 : length(head);
        return new Reply(status, head, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static int length(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("content-length: ");
        return at < 0 ? 0 : Integer.parseInt(lower.substring(at + 16, lower.indexOf('\r', at)));
    }

    @Override
    public void close() throws IOException {
        if (socket.isPresent()) {
            socket.get().close();
            socket = Optional.empty();
        }
    }
}
