package io.slipway.serving.access;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import io.slipway.model.UnavailableException;

/**
 * Where lines are written: the standard output, or a file that logback moves aside and compresses every day and whenever
 * it has become large, and of which it keeps only so much. A disk that is full loses lines, and logback goes on when there
 * is room again.
 */
final class LineFile implements LineTarget {

    private static final String LARGE = "100MB";
    private static final int KEPT_DAYS = 7;
    private static final String KEPT = "1GB";

    private final OutputStreamAppender<byte[]> appender;

    private LineFile(OutputStreamAppender<byte[]> appender) {
        this.appender = appender;
    }

    /**
     * Opens a target.
     *
     * @param target a file or {@link AccessLogSettings#STANDARD_OUTPUT}
     * @throws UnavailableException if the file cannot be written
     */
    static LineTarget open(String target) {
        LoggerContext context = new LoggerContext();
        OutputStreamAppender<byte[]> appender =
                target.equals(AccessLogSettings.STANDARD_OUTPUT) ? new ConsoleAppender<>() : file(target, context);
        appender.setContext(context);
        appender.setEncoder(new Unchanged());
        appender.start();
        if (!appender.isStarted()) {
            throw new UnavailableException("The access log " + target
                    + " cannot be written. Make its folder writable, or name another with access.log.");
        }
        return new LineFile(appender);
    }

    @Override
    public void write(byte[] lines) {
        appender.doAppend(lines);
    }

    @Override
    public void close() {
        appender.stop();
    }

    private static OutputStreamAppender<byte[]> file(String path, LoggerContext context) {
        RollingFileAppender<byte[]> appender = new RollingFileAppender<>();
        SizeAndTimeBasedRollingPolicy<byte[]> rolling = new SizeAndTimeBasedRollingPolicy<>();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(path + ".%d{yyyy-MM-dd}.%i.gz");
        rolling.setMaxFileSize(FileSize.valueOf(LARGE));
        rolling.setMaxHistory(KEPT_DAYS);
        rolling.setTotalSizeCap(FileSize.valueOf(KEPT));
        appender.setContext(context);
        appender.setFile(path);
        appender.setRollingPolicy(rolling);
        rolling.start();
        return appender;
    }

    /** Writes what it is given. */
    private static final class Unchanged extends EncoderBase<byte[]> {

        private static final byte[] NOTHING = {};

        @Override
        public byte[] headerBytes() {
            return NOTHING;
        }

        @Override
        public byte[] encode(byte[] lines) {
            return lines;
        }

        @Override
        public byte[] footerBytes() {
            return NOTHING;
        }
    }
}
