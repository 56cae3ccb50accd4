package io.slipway.model.manifest;

import java.util.Optional;

/**
 * What the values of one field look like over a whole version. A value schema that is not a record has one field, {@code
 * value}.
 *
 * @param field the field's name
 * @param values how many values there are, nulls included
 * @param nulls how many of them are null
 * @param distinct an estimate of how many different values there are, nulls not counted
 * @param least the least value of a number; NaN is not counted
 * @param greatest the greatest value of a number; NaN is not counted
 * @param mean the mean of a number; NaN is not counted
 */
public record FieldStatistics(
        String field,
        long values,
        long nulls,
        long distinct,
        Optional<Double> least,
        Optional<Double> greatest,
        Optional<Double> mean) {}
