package io.slipway.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who runs this process, as claims and the catalog name it. */
final class Operator {

    private Operator() {}

    /** User, host and process: {@code ann@batch-1 (4711)}. */
    static String name() {
        return System.getProperty("user.name") + "@" + host() + " ("
                + ProcessHandle.current().pid() + ")";
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown host";
        }
    }
}
