package io.slipway.cli;

import io.slipway.batch.DeadLetters;
import io.slipway.model.InvalidInputException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many records may be bad: {@code 1000}, or {@code 0.5%} of all. */
final class DeadLetterLimitConverter implements ITypeConverter<DeadLetters.Limit> {

    @Override
    public DeadLetters.Limit convert(String value) {
        try {
            return value.endsWith("%")
                    ? new DeadLetters.Share(Double.parseDouble(value.substring(0, value.length() - 1)) / 100)
                    : new DeadLetters.Count(Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw new TypeConversionException(
                    "'" + value + "' is not a number of records or a share of them. Write 1000 or 0.5%, say.");
        } catch (InvalidInputException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
