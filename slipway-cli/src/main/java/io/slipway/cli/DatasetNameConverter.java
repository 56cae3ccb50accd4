package io.slipway.cli;

import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a dataset's name from the command line. */
final class DatasetNameConverter implements ITypeConverter<DatasetName> {

    @Override
    public DatasetName convert(String value) {
        try {
            return new DatasetName(value);
        } catch (InvalidInputException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
