package io.slipway.serving.http;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** A header with a number that seldom changes: the encoded form of the last number is kept. Thread-safe. */
final class NumberField {

    private final String name;
    private volatile Encoded last;

    NumberField(String name) {
        this.name = name;
        this.last = encode(0);
    }

    HttpField of(long number) {
        Encoded encoded = last;
        if (encoded.number != number) {
            encoded = encode(number);
            last = encoded;
        }
        return encoded.field;
    }

    private Encoded encode(long number) {
        return new Encoded(number, new PreEncodedHttpField(name, Long.toString(number)));
    }

    private record Encoded(long number, HttpField field) {}
}
