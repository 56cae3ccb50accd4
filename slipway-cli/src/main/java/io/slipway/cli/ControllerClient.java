package io.slipway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.controller.Operations.SwapOutcome;
import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.UnavailableException;
import io.slipway.serving.security.Token;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLException;

/** Asks a running controller over REST. Thread-safe. */
final class ControllerClient {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int UNAUTHORIZED = 401;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final URI server;
    private final Optional<Token> token;
    private final HttpClient http;

    ControllerClient(URI server, ServerAccess access) {
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(PATIENCE);
        access.trust().ifPresent(client::sslContext);
        this.server = server;
        this.token = access.token();
        this.http = client.build();
    }

    SwapOutcome swap(DatasetName dataset, long version, String reason) {
        JsonNode reply = post(path(dataset, version, "swap", reason));
        return SwapOutcome.valueOf(reply.path("outcome").asText().toUpperCase(Locale.ROOT));
    }

    long rollback(DatasetName dataset, OptionalLong target, String reason) {
        String to = target.isPresent() ? "&to=" + target.getAsLong() : "";
        return post(path(dataset, "rollback", reason) + to).path("version").asLong();
    }

    /** Asks for a change of one version that has nothing to tell: approve, reject, pin, unpin, retire. */
    void change(DatasetName dataset, long version, String verb, String reason) {
        post(path(dataset, version, verb, reason));
    }

    /** Drops a dataset; gives how many versions were retired. */
    int drop(DatasetName dataset, String reason) {
        return post(path(dataset, "drop", reason) + "&confirm=" + dataset)
                .path("retired")
                .size();
    }

    private static String path(DatasetName dataset, long version, String verb, String reason) {
        return path(dataset + "/versions/" + version, verb, reason);
    }

    private static String path(Object what, String verb, String reason) {
        return "/v1/datasets/" + what + ":" + verb + "?who=" + encode(Operator.name()) + "&reason=" + encode(reason);
    }

    private JsonNode post(String path) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                    .timeout(PATIENCE)
                    .POST(BodyPublishers.noBody());
            token.ifPresent(known -> request.header("Authorization", "Bearer " + known.secret()));
            return read(http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8)));
        } catch (SSLException e) {
            throw new UnavailableException(
                    "There is no trust in " + server + ": " + e.getMessage() + ". If it speaks TLS, name the"
                            + " certificate that signed its own with --ca FILE, and the server as that one does.",
                    e);
        } catch (IOException e) {
            throw new UnavailableException(
                    "No answer from " + server + ": " + e + ". Name the administration port of a running server.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("Interrupted while waiting for " + server + ".", e);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "'" + server + "' is not a server's address. Write it like http://127.0.0.1:8081.", e);
        }
    }

    private JsonNode read(HttpResponse<String> response) {
        try {
            if (response.statusCode() == UNAUTHORIZED) {
                throw new InvalidInputException(
                        server + (token.isEmpty() ? " wants a token" : " does not know the token")
                                + ". Give an operator's in a file with --token-file, or in the environment variable "
                                + ServerAccess.TOKEN + ".");
            }
            JsonNode body = MAPPER.readTree(response.body());
            if (response.statusCode() / 100 != 2) {
                throw new InvalidInputException(body.path("detail").asText(response.body()));
            }
            return body;
        } catch (JsonProcessingException e) {
            throw new UnavailableException(
                    server + " answered " + response.statusCode() + " and no JSON. Is it the administration port?", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
