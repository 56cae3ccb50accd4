package io.slipway.kafka.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A broker as a process of its own, which can be killed. Prints {@code broker at HOST:PORT} on standard output as soon as
 * it answers, and runs until it is ended.
 */
public final class BrokerProcess {

    /** What precedes the address on standard output. */
    public static final String READY = "broker at ";

    private BrokerProcess() {}

    /**
     * Runs a broker.
     *
     * @param args its folder, its port (0 takes a free one), and Kafka's broker properties as {@code name=value}
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        if (args.length < 2) {
            System.err.println("Give a folder, a port (0 takes a free one), and if you like broker properties as"
                    + " name=value.");
            System.exit(2);
        }
        BrokerSettings settings = BrokerSettings.in(Path.of(args[0])).withPort(Integer.parseInt(args[1]));
        for (int i = 2; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            settings = settings.withProperty(args[i].substring(0, equals), args[i].substring(equals + 1));
        }
        EmbeddedBroker broker = EmbeddedBroker.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-stop"));
        System.out.println(READY + broker.address());
        new CountDownLatch(1).await();
    }
}
