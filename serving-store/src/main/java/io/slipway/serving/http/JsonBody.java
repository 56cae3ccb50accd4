package io.slipway.serving.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads bodies in JSON, from their tokens. Stateless. */
final class JsonBody {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonBody() {}

    /** Reads one thing from a parser. */
    @FunctionalInterface
    interface Step {
        void read(JsonParser json) throws IOException;
    }

    /** What to do with a field of an object, whose value the parser is at. */
    @FunctionalInterface
    interface Field {
        void read(String name, JsonParser json) throws IOException;
    }

    /**
     * Reads a range of a body.
     *
     * @param form how a body is to look, for messages
     * @throws ProblemException if it is not JSON in UTF-8
     */
    static void read(byte[] body, int offset, String form, Step step) {
        // The parser would find out by itself that a text is UTF-16; JSON that is exchanged is UTF-8 (RFC 8259, section
        // 8.1).
        if (body.length > 0 && (body[0] <= 0 || (body.length > 1 && body[1] == 0))) {
            throw wrong("The body is not JSON in UTF-8.", form);
        }
        try (JsonParser json = FACTORY.createParser(body, offset, body.length - offset)) {
            step.read(json);
        } catch (JsonProcessingException e) {
            throw wrong("The body is not JSON: " + e.getOriginalMessage() + ".", form);
        } catch (IOException e) {
            throw wrong("The body is not JSON in UTF-8.", form);
        }
    }

    /** Reads an object whose first token the parser is at; it must be all that there is, if the parser was at none. */
    static void object(JsonParser json, String form, Field field) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw wrong("There is no JSON object where one is expected.", form);
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            field.read(name, json);
        }
    }

    /** Checks that nothing comes any more. */
    static void end(JsonParser json, String form) throws IOException {
        if (json.nextToken() != null) {
            throw wrong("The body goes on after its end.", form);
        }
    }

    /** Checks that a value is what it should be. */
    static void require(boolean good, String name, String expected, String form) {
        if (!good) {
            throw wrong("'" + name + "' is not " + expected + ".", form);
        }
    }

    /** Checks that a field is not there twice. */
    static void requireFirst(boolean first, String name, String form) {
        if (!first) {
            throw wrong("'" + name + "' is there twice.", form);
        }
    }

    /** The problem of a field that should not be there. */
    static ProblemException unknown(String name, String form) {
        String shown = name.length() <= 100 ? name : name.substring(0, 100) + "…";
        return wrong("There is no field '" + shown + "' here.", form);
    }

    private static ProblemException wrong(String what, String form) {
        return new ProblemException(ProblemType.BAD_BODY, what + " Send " + form);
    }
}
