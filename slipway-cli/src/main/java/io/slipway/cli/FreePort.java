package io.slipway.cli;

import io.slipway.model.InvalidInputException;
import io.slipway.model.UnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks whether a port can be used, before anything is started that would say so less plainly. Stateless. */
final class FreePort {

    private FreePort() {}

    /**
     * Requires that a port of the loopback address can be used.
     *
     * @param option the option that chose it, for messages
     * @return the port
     * @throws InvalidInputException if there is no such port
     * @throws UnavailableException if it is taken, or not for this user
     */
    static int require(String option, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return port;
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(option + " is " + port + ". Use a port from 0 to 65535.", e);
        } catch (IOException e) {
            throw new UnavailableException(
                    "Port " + port + " cannot be used (" + e.getMessage() + "). Choose another with " + option
                            + ", or 0 for any that is free.",
                    e);
        }
    }
}
