package io.slipway.serving.admin;

import io.slipway.serving.security.TokenOwner;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/**
 * A request of a token's owner. Its parameter {@code who}, which the catalog gets, is the owner's name; what the client says
 * of itself is in brackets after it. So no resource can be told otherwise, whether or not it thinks of that.
 */
final class OwnedRequest extends Request.Wrapper {

    private static final String WHO = "who";

    private final HttpURI uri;

    /**
     * A request.
     *
     * @throws org.eclipse.jetty.http.HttpException.RuntimeException if its parameters are not well-formed
     */
    OwnedRequest(Request request, TokenOwner owner) {
        super(request);
        Fields fields = Request.extractQueryParameters(request, StandardCharsets.UTF_8);
        String claimed = fields.getValue(WHO);
        boolean isClaimed = claimed != null && !claimed.isEmpty();
        StringBuilder query = new StringBuilder();
        append(WHO, isClaimed ? owner.name() + " [" + claimed + "]" : owner.name(), query);
        for (Fields.Field field : fields) {
            if (!field.getName().equals(WHO)) {
                field.getValues().forEach(value -> append(field.getName(), value, query));
            }
        }
        uri = HttpURI.build(request.getHttpURI()).query(query.toString()).asImmutable();
    }

    private static void append(String name, String value, StringBuilder query) {
        query.append(query.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    @Override
    public HttpURI getHttpURI() {
        return uri;
    }
}
