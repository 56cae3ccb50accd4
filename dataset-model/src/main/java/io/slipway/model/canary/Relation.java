package io.slipway.model.canary;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * How two JSON values compare. Numbers compare by value, whatever they are written like; objects whatever the order of
 * their fields. Null equals null and nothing else. Numbers have an order among each other, and so has text; where both
 * texts are instants ({@code 2026-01-31T10:15:30Z}) it is that of time. Nothing else has an order.
 */
public enum Relation {
    /** Equal. */
    EQUAL("="),
    /** Not equal. */
    NOT_EQUAL("!="),
    /** Less. */
    LESS("<"),
    /** Less or equal. */
    AT_MOST("<="),
    /** Greater. */
    GREATER(">"),
    /** Greater or equal. */
    AT_LEAST(">=");

    private static final Comparator<JsonNode> NUMBERS_BY_VALUE = (left, right) -> {
        boolean areNumbers = left.isNumber() && right.isNumber();
        boolean areEqual = areNumbers ? left.decimalValue().compareTo(right.decimalValue()) == 0 : left.equals(right);
        return areEqual ? 0 : 1;
    };

    private final String symbol;

    Relation(String symbol) {
        this.symbol = symbol;
    }

    /** As it is written. */
    public String symbol() {
        return symbol;
    }

    /** Whether it asks for an order, which only numbers and text have. */
    public boolean isOfOrder() {
        return this != EQUAL && this != NOT_EQUAL;
    }

    /** Whether a value compares thus with a literal. */
    public boolean holds(JsonNode value, JsonNode literal) {
        return switch (this) {
            case EQUAL -> value.equals(NUMBERS_BY_VALUE, literal);
            case NOT_EQUAL -> !value.equals(NUMBERS_BY_VALUE, literal);
            case LESS -> isOrdered(value, literal, order -> order < 0);
            case AT_MOST -> isOrdered(value, literal, order -> order <= 0);
            case GREATER -> isOrdered(value, literal, order -> order > 0);
            case AT_LEAST -> isOrdered(value, literal, order -> order >= 0);
        };
    }

    private static boolean isOrdered(JsonNode value, JsonNode literal, IntPredicate wanted) {
        OptionalInt order = order(value, literal);
        return order.isPresent() && wanted.test(order.getAsInt());
    }

    private static OptionalInt order(JsonNode value, JsonNode literal) {
        if (value.isNumber() && literal.isNumber()) {
            return OptionalInt.of(value.decimalValue().compareTo(literal.decimalValue()));
        }
        if (!value.isTextual() || !literal.isTextual()) {
            return OptionalInt.empty();
        }
        Optional<Instant> left = instant(value.textValue());
        Optional<Instant> right = instant(literal.textValue());
        return OptionalInt.of(
                left.isPresent() && right.isPresent()
                        ? left.get().compareTo(right.get())
                        : value.textValue().compareTo(literal.textValue()));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text.endsWith("Z") ? Optional.of(Instant.parse(text)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
