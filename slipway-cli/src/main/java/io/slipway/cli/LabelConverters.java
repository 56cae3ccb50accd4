package io.slipway.cli;

import io.slipway.batch.table.TableFormat;
import io.slipway.model.InvalidInputException;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.Route;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Read the names of closed sets from the command line, as users write them. */
final class LabelConverters {

    private LabelConverters() {}

    /** The formats of files. */
    static final class OfFormat implements ITypeConverter<TableFormat> {

        @Override
        public TableFormat convert(String value) {
            return converted(value, TableFormat::ofLabel);
        }
    }

    /** The routes of versions. */
    static final class OfRoute implements ITypeConverter<Route> {

        @Override
        public Route convert(String value) {
            return converted(value, Route::of);
        }
    }

    /** The ways to show progress. */
    static final class OfProgress implements ITypeConverter<JobFeedback.Style> {

        @Override
        public JobFeedback.Style convert(String value) {
            return converted(value, JobFeedback.Style::ofLabel);
        }
    }

    /** The policies for duplicates. */
    static final class OfDuplicates implements ITypeConverter<DuplicatePolicy> {

        @Override
        public DuplicatePolicy convert(String value) {
            return converted(value, DuplicatePolicy::of);
        }
    }

    private static <T> T converted(String value, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (InvalidInputException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
