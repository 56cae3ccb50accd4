package io.slipway.serving.admin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Finds requests that a browser on this machine sends because a page of another site made it. Such a page cannot choose
 * the headers {@code Origin} and {@code Host}: the one names the page's site; the other names the server, and where the page
 * made its own name mean this machine (DNS rebinding), that name. Stateless.
 */
final class ForeignSite {

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    private ForeignSite() {}

    /** Why a request is refused, if it is. */
    static Optional<ProblemDocument> problem(Request request) {
        String host = String.valueOf(Request.getServerName(request));
        if (!isThisMachine(host)) {
            return Optional.of(refusal("The request asks for the host " + shown(host)
                    + ", and without tokens administration is for this machine. Ask for localhost or 127.0.0.1, or give"
                    + " the node tokens (slipway token)."));
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        String own = "://" + request.getHeaders().get(HttpHeader.HOST);
        if (origin != null && !origin.equalsIgnoreCase("http" + own) && !origin.equalsIgnoreCase("https" + own)) {
            return Optional.of(refusal("The request comes from a page of " + shown(origin)
                    + ", and administration is not for pages of other sites. Use the command, or curl."));
        }
        return Optional.empty();
    }

    private static ProblemDocument refusal(String detail) {
        return new ProblemDocument(403, "foreign-site", detail);
    }

    /** Whether a name means this machine whoever is asked. */
    private static boolean isThisMachine(String host) {
        String name = host.replaceAll("^\\[|]$", "").toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return true;
        }
        try {
            // Of an address nobody is asked what it means.
            return ADDRESS.matcher(name).matches()
                    && InetAddress.getByName(name).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String shown(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
