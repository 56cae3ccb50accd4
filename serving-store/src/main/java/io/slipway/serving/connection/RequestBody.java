package io.slipway.serving.connection;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The body of a request on its way: read, or dropped, without a thread that waits for it, and within limits of size and
 * time. A reply should not be sent before the body of its request has come in: most clients send all of a body before they
 * look for the reply, and if the connection is closed meanwhile they see that and no reply.
 *
 * <p><b>Threads.</b> The thread that begins, those that the network wakes, and the timer's may meet. Whatever touches the
 * request is done with the lock held, and nothing after the end, so that whoever is told of the end has the request to
 * itself. The request is never failed from outside: Jetty would then read what is left of the body in the timer's thread,
 * beside the thread that is reading it.
 */
public final class RequestBody implements Invocable.Task {

    /** What is larger is refused before it is read. */
    private static final long MAX_DROPPED_BYTES = 16 << 20;

    private static final byte[] NOTHING = new byte[0];

    private final Request request;
    private final int keptBytes;
    private final Consumer<RequestBody> atEnd;

    private byte[] kept;
    private long size;
    private boolean isComplete;
    private boolean isReading;
    private boolean isWoken;
    private Optional<End> end = Optional.empty();
    private Optional<Scheduler.Task> timer = Optional.empty();

    private RequestBody(Request request, int keptBytes, Consumer<RequestBody> atEnd) {
        this.request = request;
        this.keptBytes = keptBytes;
        this.atEnd = atEnd;
        this.kept = new byte[(int) Math.min(Math.max(request.getLength(), 0), keptBytes)];
    }

    /** How reading a body came to its end. */
    public enum End {
        /** All of it is here. */
        READ,
        /** It is larger than what is kept. */
        TOO_LARGE,
        /** The client waits to be told that it is wanted; it was not. */
        NOT_WANTED,
        /** It did not come in time. */
        TOO_SLOW,
        /** It broke off, or its chunks are not well-formed. */
        BROKEN
    }

    /** Whether a body belongs to a request, if only an empty one. */
    public static boolean isIn(Request request) {
        long length = request.getLength();
        return length > 0 || (length < 0 && request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING));
    }

    /**
     * Begins to read a body. Only once for a request, which nobody else touches until the end.
     *
     * @param keptBytes how large it may be
     * @param time how long it may take from now
     * @param atEnd is told, in this thread or another, which must not wait
     */
    public static void read(Request request, int keptBytes, Duration time, Consumer<RequestBody> atEnd) {
        RequestBody body = new RequestBody(request, keptBytes, atEnd);
        if (request.getLength() > Math.max(keptBytes, MAX_DROPPED_BYTES)) {
            body.leave(End.TOO_LARGE);
        } else {
            body.run();
            body.limit(time);
        }
    }

    /**
     * Begins to drop a body.
     *
     * @param time how long it may take from now
     * @param atEnd is told, in this thread or another, which must not wait
     */
    public static void drop(Request request, Duration time, Consumer<RequestBody> atEnd) {
        if (request.getHeaders().contains(HttpHeader.EXPECT)) {
            new RequestBody(request, 0, atEnd).leave(End.NOT_WANTED);
        } else {
            read(request, 0, time, atEnd);
        }
    }

    /** How it ended. Only from then on. */
    public synchronized End end() {
        return end.orElseThrow();
    }

    /** Has a reply say that nothing else can come on the connection, unless the body came to its own end, read or dropped. */
    public synchronized void announceEnd(Response reply) {
        if (!isComplete) {
            reply.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
    }

    /** The bytes, if all of it is here; none otherwise. */
    public synchronized byte[] bytes() {
        if (end() != End.READ) {
            return NOTHING;
        }
        return size == kept.length ? kept : Arrays.copyOf(kept, (int) size);
    }

    /** Reads what has come. For the network to call. */
    @Override
    public void run() {
        if (isEndOfWhatCame()) {
            atEnd.accept(this);
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** Whether what has come is the rest of the body; if not, the network wakes it when there is more. */
    private synchronized boolean isEndOfWhatCame() {
        if (isReading || end.isPresent()) {
            // From within demand: the loop below goes round once more, when Jetty is done with its buffers.
            isWoken = true;
            return false;
        }
        isReading = true;
        do {
            isWoken = false;
            for (Content.Chunk chunk = request.read(); chunk != null; chunk = request.read()) {
                take(chunk);
                if (end.isPresent()) {
                    timer.ifPresent(Scheduler.Task::cancel);
                    return true;
                }
            }
            request.demand(this);
        } while (isWoken);
        isReading = false;
        return false;
    }

    private void take(Content.Chunk chunk) {
        if (Content.Chunk.isFailure(chunk)) {
            end(chunk.getFailure() instanceof TimeoutException ? End.TOO_SLOW : End.BROKEN);
            return;
        }
        keep(chunk.getByteBuffer());
        chunk.release();
        if (chunk.isLast()) {
            isComplete = true;
            end(End.READ);
        } else if (size > Math.max(keptBytes, MAX_DROPPED_BYTES)) {
            end(End.TOO_LARGE);
        }
    }

    private void keep(ByteBuffer bytes) {
        int at = (int) Math.min(size, keptBytes);
        size += bytes.remaining();
        if (size > keptBytes) {
            kept = NOTHING;
            return;
        }
        if (size > kept.length) {
            kept = Arrays.copyOf(kept, (int) Math.min(Math.max(2L * kept.length, size), keptBytes));
        }
        bytes.get(kept, at, bytes.remaining());
    }

    private synchronized void limit(Duration time) {
        if (end.isEmpty()) {
            timer = Optional.of(request.getComponents()
                    .getScheduler()
                    .schedule(() -> leave(End.TOO_SLOW), Math.max(time.toNanos(), 0), TimeUnit.NANOSECONDS));
        }
    }

    private void leave(End why) {
        synchronized (this) {
            if (end.isPresent()) {
                return;
            }
            end(why);
        }
        atEnd.accept(this);
    }

    /** That it is too large comes before all else that is wrong with it. */
    private void end(End how) {
        end = Optional.of(size > keptBytes ? End.TOO_LARGE : how);
    }
}
