package io.slipway.cli;

import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a run id from the command line. */
final class RunIdConverter implements ITypeConverter<RunId> {

    @Override
    public RunId convert(String value) {
        try {
            return new RunId(value);
        } catch (InvalidInputException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
