package io.slipway.cli;

import io.slipway.kafka.embedded.BrokerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A broker as a process of its own, which can be killed and started again on its folder and port. */
final class KillableBroker implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile(BrokerProcess.READY + "(\\S+)");

    private final Path folder;
    private SlipwayProcess process;
    private String address;

    /** Starts a broker on a free port, with files in a folder. */
    KillableBroker(Path folder) {
        this.folder = folder;
        this.process = start("0");
        this.address = process.awaitOutput(ADDRESS);
    }

    /** Where clients reach it. */
    String address() {
        return address;
    }

    /** SIGKILL. */
    void kill() {
        process.kill();
    }

    /** Starts it again after it was killed; when this returns it answers. */
    void startAgain() {
        process = start(address.substring(address.indexOf(':') + 1));
        address = process.awaitOutput(ADDRESS);
    }

    @Override
    public void close() {
        process.close();
    }

    /** What was killed is taken for dead after a second, so that nobody waits long for the next one. */
    private SlipwayProcess start(String port) {
        return SlipwayProcess.start(
                folder,
                BrokerProcess.class,
                List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"),
                folder.resolve("broker").toString(),
                port,
                "broker.session.timeout.ms=1000",
                "broker.heartbeat.interval.ms=250");
    }
}
