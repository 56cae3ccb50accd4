package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.testkit.CapturedLog;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what: each action of both ports, with every kind of token, over HTTPS. */
class AccessTableTest {

    private static final String WRONG = "slipway_0000000000000000000000000000000000000000000";

    /**
     * An action, the status of the reply without a token, with a wrong one, a reader's and an operator's, and what the catalog
     * says was done; nothing if it says nothing.
     */
    private record Row(
            String port, String method, String path, int none, int wrong, int reader, int operator, String what) {

        static Row reads(String method, String path, int status) {
            return new Row("reads", method, path, 401, 401, status, status, "");
        }

        static Row operates(String method, String path, int status, String what) {
            return new Row("admin", method, path, 401, 401, 403, status, what);
        }
    }

    private static final String NAMED = "?who=eve&%77ho=root&reason=b%26cause";

    private static final List<Row> TABLE = List.of(
            Row.reads("GET", "/v1/datasets", 200),
            Row.reads("GET", "/v1/datasets/d", 200),
            Row.reads("GET", "/v1/datasets/d/records/a", 200),
            Row.reads("HEAD", "/v1/datasets/d/records/a", 200),
            Row.reads("GET", "/v1/datasets/d/records?key=a", 200),
            Row.reads("GET", "/v1/datasets/d/records", 200),
            Row.reads("POST", "/v1/datasets/d/records:batchGet", 200),
            Row.reads("POST", "/v1/batchGet", 200),
            Row.reads("DELETE", "/v1/datasets", 405),
            Row.reads("GET", "/nothing", 404),
            Row.reads("GET", "/healthz", 404),
            new Row("admin", "GET", "/healthz", 200, 200, 200, 200, ""),
            new Row("admin", "GET", "/readyz", 200, 200, 200, 200, ""),
            new Row("admin", "GET", "/metrics", 401, 401, 200, 200, ""),
            Row.operates("GET", "/metrics/", 200, ""),
            Row.operates("GET", "/healthz/", 200, ""),
            Row.operates("GET", "/nothing", 404, ""),
            Row.operates("OPTIONS", "/v1/node", 200, ""),
            Row.operates("GET", "/v1/node", 200, ""),
            Row.operates("POST", "/v1/node/nudge", 204, ""),
            Row.operates("PUT", "/v1/node/staging-rate" + NAMED, 204, "set staging.rate of node"),
            Row.operates("GET", "/v1/catalog", 200, ""),
            Row.operates("GET", "/v1/datasets/d/versions", 200, ""),
            Row.operates("GET", "/v1/datasets/d/diff?from=1&to=2", 200, ""),
            Row.operates("POST", "/v1/datasets/d/versions/1:pin" + NAMED, 200, "pin"),
            Row.operates("POST", "/v1/datasets/d/versions/1:unpin" + NAMED, 200, "unpin"),
            Row.operates("POST", "/v1/datasets/d/versions/1:swap" + NAMED, 200, "swap d to 1"),
            Row.operates("POST", "/v1/datasets/d:rollback" + NAMED + "&to=2", 200, "roll back d"),
            Row.operates("POST", "/v1/datasets/d/versions/3:approve" + NAMED, 200, "approve version 3 of d"),
            Row.operates("POST", "/v1/datasets/d/versions/4:reject" + NAMED, 200, "reject version 4 of d"),
            Row.operates("POST", "/v1/datasets/d/versions/1:retire" + NAMED, 200, "retire"),
            Row.operates("POST", "/v1/datasets/d:drop" + NAMED + "&confirm=d", 200, "drop"));

    @TempDir
    private Path folder;

    @Test
    void eachActionIsForThoseWhoMayAndTheCatalogNamesTheTokensOwner() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            SecuredServer server = new SecuredServer(folder);
            try (server) {
                hold(server, 3);
                hold(server, 4);
                for (Row row : TABLE) {
                    check(server, row);
                }
            }
            assertThat(log.text() + server.said())
                    .as("no token is shown")
                    .isNotEmpty()
                    .doesNotContain(server.secret("ann"), server.secret("web"), WRONG);
            // Closed, it deletes no retired version's files any more.
            try (Stream<Path> files = Files.walk(server.repository())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(server.secret("ann"), server.secret("web"));
                }
            }
        }
    }

    private static void check(SecuredServer server, Row row) {
        URI uri = row.port().equals("reads") ? server.reads(row.path()) : server.admin(row.path());
        assertStatus(server.send(row.method(), uri, ""), row, "no token", row.none());
        assertStatus(server.send(row.method(), uri, WRONG), row, "a wrong token", row.wrong());
        assertStatus(server.send(row.method(), uri, server.secret("web")), row, "a reader's", row.reader());
        List<String> before = ofOperators(server.changes());
        assertStatus(server.send(row.method(), uri, server.secret("ann")), row, "an operator's", row.operator());
        List<String> after = ofOperators(server.changes());
        if (row.what().isEmpty()) {
            assertThat(after).as(row.toString()).isEqualTo(before);
        } else {
            assertThat(after).as(row.toString()).hasSize(before.size() + 1);
            assertThat(after.get(after.size() - 1))
                    .startsWith("ann [eve]: ")
                    .contains(row.what())
                    .endsWith(", for b&cause");
        }
    }

    private static List<String> ofOperators(List<String> changes) {
        return changes.stream()
                .filter(change -> !change.startsWith("controller") && !change.startsWith("test"))
                .toList();
    }

    private static void assertStatus(HttpResponse<String> reply, Row row, String token, int status) {
        assertThat(reply.statusCode())
                .as("%s with %s: %s", row, token, reply.body())
                .isEqualTo(status);
        if (status == 401 || status == 403) {
            assertThat(reply.headers().firstValue("WWW-Authenticate").orElse(""))
                    .startsWith("Bearer realm=");
            assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            if (!row.method().equals("HEAD")) {
                assertThat(reply.body())
                        .contains("urn:slipway:problem:" + (status == 401 ? "unauthorized" : "forbidden"));
            }
        }
    }

    /** Has the catalog hold a version, as a gate would. */
    private static void hold(SecuredServer server, long number) {
        try (var opened = RepositoryOption.OpenRepository.of(server.repository())) {
            opened.catalog().update("test", "hold", "", catalog -> {
                var dataset = catalog.datasetOrEmpty(new io.slipway.model.DatasetName("d"));
                var version = io.slipway.model.catalog.VersionEntry.committed(number, "", java.time.Instant.now());
                return catalog.with(dataset.with(version.to(
                        io.slipway.model.catalog.VersionState.HELD, java.time.Instant.now(), "a test holds it")));
            });
        }
    }
}
