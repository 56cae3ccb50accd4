package io.slipway.serving;

import static io.slipway.serving.Problems.assertProblem;
import static io.slipway.serving.Problems.header;
import static io.slipway.serving.Problems.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.VersionState;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scans over real HTTP. */
class RestScanTest {

    private static final Schema ROUTE = SchemaBuilder.record("Route")
            .fields()
            .requiredString("from")
            .requiredInt("day")
            .endRecord();
    private static final int WORDS = 500;

    @TempDir
    static Path temporary;

    private static TestRepository repository;
    private static TestNode node;

    @BeforeAll
    static void serve() {
        repository = new TestRepository(temporary.resolve("repository"));
        Map<String, String> words = new TreeMap<>();
        for (int i = 0; i < WORDS; i++) {
            words.put(word(i), "value " + i);
        }
        VersionId first = repository.publish("words", words, 7);
        Map<List<Object>, String> days = new HashMap<>();
        for (String from : List.of("LAX", "LAXX", "", "SFO")) {
            for (int day = -2; day < 3; day++) {
                days.put(List.of(from, day), from + day);
            }
        }
        VersionId routes = repository.publishRouted("routes", ROUTE, days, 5, 1);
        Map<Long, String> numbers = new HashMap<>();
        for (long i = -5; i < 5; i++) {
            numbers.put(i, "n" + i);
        }
        VersionId numbered = repository.publish(
                "numbers", Schema.create(Schema.Type.LONG), TestRepository.STRING, numbers, 3, manifest -> manifest);
        node = TestNode.start(repository, temporary.resolve("data"));
        for (VersionId version : List.of(first, routes, numbered)) {
            repository.swap(version);
            node.awaitServed(version);
        }
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String word(int i) {
        return String.format("w%03d", i);
    }

    @Test
    void aScanMergesThePartitionsInTheOrderOfTheKeys() {
        JsonNode page = json(node.get("/v1/datasets/words/records?limit=1000").body());

        assertThat(page.get("version").asLong()).isEqualTo(1);
        assertThat(page.get("records").findValuesAsText("key"))
                .isEqualTo(java.util.stream.IntStream.range(0, WORDS)
                        .mapToObj(RestScanTest::word)
                        .toList());
        assertThat(page.get("records").get(7)).isEqualTo(json("{\"key\":\"w007\",\"value\":\"value 7\"}"));
        assertThat(page.has("nextPageToken")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1", "7", "100", "499", "500", "501"})
    void pagesJoinWithoutGapOrOverlap(int limit) {
        List<String> keys = new ArrayList<>();
        String path = "/v1/datasets/words/records?limit=" + limit;
        String next = "";
        do {
            HttpResponse<String> reply = node.get(path + next);
            assertThat(header(reply, "slipway-version")).isEqualTo("1");
            JsonNode page = json(reply.body());
            assertThat(page.get("records").size()).isBetween(1, limit);
            keys.addAll(page.get("records").findValuesAsText("key"));
            next = page.has("nextPageToken")
                    ? "&pageToken=" + page.get("nextPageToken").asText()
                    : "";
        } while (!next.isEmpty());
        assertThat(keys).hasSize(WORDS).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "words,prefix=w12,10,w120,w129",
        "words,prefix=w123,1,w123,w123",
        "words,prefix=,100,w000,w099",
        "words,prefix=x,0,,",
        "words,from=w490,10,w490,w499",
        "words,to=w002,2,w000,w001",
        "words,from=w100&to=w103,3,w100,w102",
        "words,prefix=w1&from=w150&to=w152,2,w150,w151",
        "words,from=b&to=a,0,,",
        "numbers,from=-2&to=2,4,-2,1",
        "numbers,'from=3&limit=1',1,3,3",
    })
    void aRangeHasItsFirstKeyAndNotItsEnd(String dataset, String query, int count, String first, String last) {
        JsonNode records = json(node.get("/v1/datasets/" + dataset + "/records?" + query)
                        .body())
                .get("records");

        assertThat(records).hasSize(count);
        if (count > 0) {
            assertThat(records.get(0).get("key").asText()).isEqualTo(first);
            assertThat(records.get(count - 1).get("key").asText()).isEqualTo(last);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prefix=LAX|[\"LAX\",-2],[\"LAX\",-1],[\"LAX\",0],[\"LAX\",1],[\"LAX\",2]",
                "prefix=|[\"\",-2],[\"\",-1],[\"\",0],[\"\",1],[\"\",2]",
                "prefix=LAX&prefix=1|[\"LAX\",1]",
                "prefix=LAX&from=LAX&from=0&to=LAX&to=2|[\"LAX\",0],[\"LAX\",1]",
                "from=SFO&to=SFO&to=-1|[\"SFO\",-2]",
                "from=LAXX&from=2&to=SFO&to=-1|[\"LAXX\",2],[\"SFO\",-2]"
            })
    void fieldsOfARecordKeyArePrefixesAndBounds(String query, String keys) {
        JsonNode records =
                json(node.get("/v1/datasets/routes/records?" + query).body()).get("records");

        assertThat(records.findValues("key")).isEqualTo(toList(json("[" + keys + "]")));
    }

    private static List<JsonNode> toList(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }

    @Test
    void pagesStayOnTheirVersionWhateverIsSwapped() {
        VersionId one = repository.publish("moving", Map.of("a", "1", "b", "1", "c", "1"));
        VersionId two = repository.publish("moving", Map.of("a", "2", "b", "2", "c", "2"));
        VersionId three = repository.publish("moving", Map.of("a", "3"));
        repository.swap(one);
        node.awaitServed(one);
        String path = "/v1/datasets/moving/records?limit=1";
        String token = json(node.get(path).body()).get("nextPageToken").asText();
        repository.swap(two);
        node.awaitServed(two);

        HttpResponse<String> next = node.get(path + "&pageToken=" + token);
        assertThat(header(next, "slipway-version")).isEqualTo("1");
        assertThat(json(next.body()).get("records").get(0)).isEqualTo(json("{\"key\":\"b\",\"value\":\"1\"}"));
        assertProblem(node.get(path + "&version=2&pageToken=" + token), 400, "bad-parameter", "version 1");
        repository.force(one, VersionState.RETIRED);
        repository.swap(three);
        node.awaitServed(three);
        HttpResponse<String> gone = node.get(path + "&pageToken=" + token);
        assertProblem(gone, 410, "version-gone", "Version 1 of moving");
        assertThat(header(gone, "slipway-version")).isEqualTo("3");
    }

    @Test
    void aTokenContinuesItsOwnScanOnly() {
        String token = json(node.get("/v1/datasets/words/records?prefix=w1&limit=5")
                        .body())
                .get("nextPageToken")
                .asText();
        String path = "/v1/datasets/words/records?prefix=w1&pageToken=";
        assertThat(node.get(path + token).statusCode()).isEqualTo(200);
        assertProblem(
                node.get("/v1/datasets/words/records?prefix=w2&pageToken=" + token),
                400,
                "bad-parameter",
                "another scan");
        assertProblem(
                node.get("/v1/datasets/numbers/records?pageToken=" + token), 400, "bad-parameter", "another scan");
        for (String wrong : List.of("", "x", "AA", "AQ".repeat(20), token.substring(2), token + "AAAA")) {
            assertProblem(node.get(path + wrong), 400, "bad-parameter", "pageToken");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "words,limit=0,bad-parameter,limit of 1000",
        "words,limit=1001,bad-parameter,limit of 1000",
        "words,limit=x,bad-parameter,'x'",
        "words,prefix=a&prefix=b,bad-key,prefix: The key has 1 field",
        "words,from=a&key=b,bad-parameter,'from'",
        "numbers,prefix=1,bad-key,from and to",
        "numbers,from=x,bad-key,from: Key field",
        "routes,prefix=LAX&prefix=x,bad-key,'day'",
        "words,fields=a,bad-parameter,no records"
    })
    void aBadScanIsNamed(String dataset, String query, String type, String detail) {
        assertProblem(node.get("/v1/datasets/" + dataset + "/records?" + query), 400, type, detail);
    }

    @Test
    void scansAreJson() {
        assertProblem(
                node.get("/v1/datasets/words/records", "Accept", "avro/binary"),
                406,
                "not-acceptable",
                "single records");
    }

    @Test
    void aPageEndsEarlyWhenItGetsLarge() {
        NodeSettings settings = TestNode.settings(temporary.resolve("small"))
                .withReads(reads -> reads.withReplyBytes(200).withScanRecords(50));
        try (TestNode small = TestNode.start(repository, settings)) {
            small.awaitServed(new VersionId(new io.slipway.model.DatasetName("words"), 1));
            JsonNode page = json(small.get("/v1/datasets/words/records").body());
            assertThat(page.get("records").size()).isBetween(2, 10);
            assertThat(page.has("nextPageToken")).isTrue();
        }
    }
}
