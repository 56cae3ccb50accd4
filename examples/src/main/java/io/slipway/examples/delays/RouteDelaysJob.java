package io.slipway.examples.delays;

import io.slipway.batch.Flow;
import io.slipway.batch.Job;
import io.slipway.batch.JobArguments;
import io.slipway.batch.JobDefinition;
import io.slipway.batch.JobOption;
import io.slipway.batch.KeyedFlow;
import io.slipway.batch.format.Csv;
import io.slipway.examples.ExampleData;
import io.slipway.examples.Flight;
import io.slipway.model.InvalidInputException;
import io.slipway.model.publish.Publication;
import java.nio.file.Path;
import java.util.List;

/**
 * How late flights are, by route: publishes the dataset {@code route-delays}, with the route as the key ({@code
 * LAX-PHX}) and {@link RouteDelays} as the value. What a service would look up to say "this flight is usually late".
 */
public final class RouteDelaysJob implements JobDefinition {

    /** The dataset that the job publishes, and the job's name. */
    public static final String DATASET = "route-delays";

    private static final int MONTHS = 12;
    private static final String INPUT = "input";
    private static final String LAST_MONTH = "last-month";

    /** The definition, which has no state. */
    public RouteDelaysJob() {}

    @Override
    public String name() {
        return DATASET;
    }

    @Override
    public String description() {
        return "How late flights are, by route and part of the day.";
    }

    @Override
    public List<JobOption> options() {
        return List.of(
                JobOption.optional(
                        INPUT, "PATH", "CSV files with flights. Default: the flights that come with Slipway."),
                JobOption.optional(
                        LAST_MONTH, "MONTH", String.valueOf(MONTHS), "Leaves out flights after this month (1 to 12)."));
    }

    @Override
    public Job create(JobArguments arguments) {
        Path input = arguments.optionalText(INPUT).isPresent() ? arguments.path(INPUT) : ExampleData.flights();
        return job(input, arguments.number(LAST_MONTH), arguments.publication(DATASET));
    }

    /**
     * The job.
     *
     * @param input the flights
     * @param lastMonth flights after this month are left out
     * @param publication what it publishes as
     * @throws InvalidInputException if there is no such month
     */
    public static Job job(Path input, long lastMonth, Publication publication) {
        if (lastMonth < 1 || lastMonth > MONTHS) {
            throw new InvalidInputException(
                    "--" + LAST_MONTH + " is '" + lastMonth + "'. Give a month from 1 to " + MONTHS + ".");
        }
        Job job = Job.named(DATASET).parameter(LAST_MONTH, lastMonth);
        delays(job, input, lastMonth).publish(publication);
        return job;
    }

    /** The delays by route, for a job that wants something else with them than to publish them. */
    public static KeyedFlow<String, RouteDelays> delays(Job job, Path input, long lastMonth) {
        Flow<Flight> flights = job.read(Csv.files(List.of(input)).as(Flight.class));
        return flights.filter(flight -> flight.month() <= lastMonth)
                .keyBy(Flight::route)
                .aggregate(new DelayAggregator());
    }
}
