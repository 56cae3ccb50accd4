package io.slipway.serving;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Makes requests: most of them nearly good ones, changed in a few places; some of them anything. */
final class RequestFuzzer {

    private static final List<String> METHODS =
            List.of("GET", "GET", "GET", "POST", "POST", "HEAD", "DELETE", "OPTIONS", "X");
    private static final List<String> PATHS = List.of(
            "/v1/datasets",
            "/v1/datasets/text",
            "/v1/datasets/text/records/a",
            "/v1/datasets/text/records/key40",
            "/v1/datasets/numbers/records/-7",
            "/v1/datasets/text/records",
            "/v1/datasets/numbers/records",
            "/v1/datasets/routes/records",
            "/v1/datasets/text/records:batchGet",
            "/v1/datasets/routes/records:batchGet",
            "/v1/batchGet",
            "/");
    private static final List<String> PARAMETERS = List.of(
            "key=a",
            "key=7",
            "key=LAX1&key=1&key=AAE=",
            "version=1",
            "version=2",
            "fields=a,b.c",
            "fields=b",
            "prefix=k",
            "prefix=LAX1&prefix=3",
            "from=-3",
            "to=key50",
            "from=a&to=b",
            "limit=3",
            "limit=51",
            "pageToken=AQAAAAAAAAABx",
            "pageToken=",
            "x=1",
            "key=%ff",
            "key=%zz",
            "%00=%00",
            "key=%ED%A0%80");
    private static final List<String> HEADERS = List.of(
            "Accept: application/json",
            "Accept: avro/binary",
            "Accept: */*;q=0.1, x",
            "Accept: ;;,",
            "If-None-Match: *",
            "If-None-Match: \"0123456789abcdef\", W/\"",
            "Slipway-Catalog: 1",
            "Slipway-Catalog: 99999999",
            "Slipway-Catalog: -1",
            "Slipway-Catalog: 1e5",
            "Accept-Encoding: gzip",
            "Accept-Encoding: ,;q=",
            "Range: bytes=0-1",
            "Cookie: \u0001",
            "Content-Type: text/plain",
            "X: " + "y".repeat(3000),
            "Expect: nothing",
            "Host: y");
    private static final List<String> BODIES = List.of(
            "{\"keys\":[\"a\",\"key40\",\"none\"]}",
            "{\"keys\":[[\"LAX1\",1,\"AAE=\"],[\"\",-5,\"\"]]}",
            "{\"keys\":[1,-7,9223372036854775807]}",
            "{\"datasets\":[{\"dataset\":\"text\",\"keys\":[\"a\"]},{\"dataset\":\"routes\",\"version\":1,"
                    + "\"fields\":\"b.c\",\"keys\":[[\"LAX1\",1,\"AAE=\"]]}]}",
            "{\"datasets\":[{\"keys\":[0],\"dataset\":\"numbers\"}]}");
    private static final List<String> PIECES = List.of(
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "1e400",
            "-0",
            "0.5",
            "99999999999999999999",
            "\\ud800",
            "\\u0000",
            "\u0000",
            "é",
            "🚢",
            "%",
            "%2F",
            "%00",
            "..",
            "/",
            "?",
            "#",
            "&",
            "=",
            "+",
            ";",
            " ",
            "NaN",
            "//",
            "keys",
            "-",
            ".",
            "[[[[[[[[",
            "\uffff");

    private final Random random;
    private boolean framed;

    RequestFuzzer(Random random) {
        this.random = random;
    }

    /** Whether the last request ends where its headers say, so that the connection can go on. */
    boolean isFramed() {
        return framed;
    }

    byte[] next() {
        framed = random.nextInt(50) != 0;
        byte[] body = random.nextInt(3) == 0 ? new byte[0] : mutate(body());
        String target = line(mutate(target()));
        StringBuilder head = new StringBuilder(pick(METHODS) + " " + target + " HTTP/1.1\r\nHost: x\r\n");
        for (int i = random.nextInt(3); i > 0; i--) {
            head.append(line(random.nextInt(4) == 0 ? mutate(pick(HEADERS)) : bytes(pick(HEADERS))))
                    .append("\r\n");
        }
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        byte[] made = request.toByteArray();
        return framed ? made : mutate(new String(made, StandardCharsets.ISO_8859_1));
    }

    private String target() {
        StringBuilder target = new StringBuilder(pick(PATHS));
        char before = '?';
        for (int i = random.nextInt(3); i > 0; i--) {
            target.append(before).append(pick(PARAMETERS));
            before = '&';
        }
        return target.toString();
    }

    private String body() {
        return switch (random.nextInt(40)) {
            case 0 -> "{\"keys\":" + "[".repeat(1 + random.nextInt(3000));
            case 1 -> "{\"keys\":[" + "\"a\",".repeat(random.nextInt(1500)) + "\"a\"]}";
            case 2 -> "{\"keys\":[\"" + "k".repeat(random.nextInt(4000)) + "\"]}";
            case 3 -> "x".repeat(random.nextInt(80_000));
            default -> pick(BODIES);
        };
    }

    /** Changes a text in a few places, or not at all. */
    private byte[] mutate(String text) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            int at = random.nextInt(changed.length() + 1);
            switch (random.nextInt(5)) {
                case 0 -> changed.insert(at, pick(PIECES));
                case 1 -> changed.delete(at, Math.min(changed.length(), at + 1 + random.nextInt(4)));
                case 2 -> changed.replace(at, Math.min(changed.length(), at + 1), pick(PIECES));
                case 3 -> changed.insert(at, changed.substring(0, Math.min(at, 30)));
                default -> changed.insert(at, (char) random.nextInt(256));
            }
        }
        return bytes(changed.toString());
    }

    private byte[] bytes(String text) {
        return text.getBytes(random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }

    /** Bytes on one line. */
    private String line(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return framed ? text.replace('\n', ' ').replace('\r', ' ') : text;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
