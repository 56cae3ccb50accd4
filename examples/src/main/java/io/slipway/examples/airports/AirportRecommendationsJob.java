package io.slipway.examples.airports;

import io.slipway.batch.Flow;
import io.slipway.batch.Job;
import io.slipway.batch.JobArguments;
import io.slipway.batch.JobDefinition;
import io.slipway.batch.JobOption;
import io.slipway.batch.SerializableComparator;
import io.slipway.batch.format.Csv;
import io.slipway.examples.Airport;
import io.slipway.examples.ExampleData;
import io.slipway.examples.Flight;
import io.slipway.model.publish.Publication;
import java.nio.file.Path;
import java.util.List;

/**
 * Where to fly from here: publishes the dataset {@code airport-recommendations}, with an airport's code as the key
 * ({@code LAX}) and {@link Recommendations} as the value: the ten best destinations of non-stop flights.
 *
 * <p>The best are those with the most flights that arrived on time, which is the number of flights weighted by the
 * share on time: often served, and reliably. Among equals, the airport's code decides, so that a repeated run gives
 * the same list.
 */
public final class AirportRecommendationsJob implements JobDefinition {

    /** The dataset that the job publishes, and the job's name. */
    public static final String DATASET = "airport-recommendations";

    private static final int BEST = 10;
    private static final String INPUT = "input";
    private static final String AIRPORTS = "airports";

    /** The greatest is the best: of more flights on time; else of the code that comes first. */
    private static final SerializableComparator<Suggestion> BY_SCORE = (left, right) -> left.onTime() != right.onTime()
            ? Long.compare(left.onTime(), right.onTime())
            : right.destination().compareTo(left.destination());

    /** The definition, which has no state. */
    public AirportRecommendationsJob() {}

    @Override
    public String name() {
        return DATASET;
    }

    @Override
    public String description() {
        return "The ten best next destinations for each airport.";
    }

    @Override
    public List<JobOption> options() {
        return List.of(
                JobOption.optional(
                        INPUT, "PATH", "CSV files with flights. Default: the flights that come with Slipway."),
                JobOption.optional(
                        AIRPORTS, "PATH", "A CSV file with airports. Default: the airports that come with Slipway."));
    }

    @Override
    public Job create(JobArguments arguments) {
        Path flights = arguments.optionalText(INPUT).isPresent() ? arguments.path(INPUT) : ExampleData.flights();
        Path airports =
                arguments.optionalText(AIRPORTS).isPresent() ? arguments.path(AIRPORTS) : ExampleData.airports();
        return job(flights, airports, arguments.publication(DATASET));
    }

    /** The job: which flights, which airports, what it publishes as. */
    public static Job job(Path flightFiles, Path airportFiles, Publication publication) {
        Job job = Job.named(DATASET);
        Flow<Flight> flights = job.read(Csv.files(List.of(flightFiles)).as(Flight.class));
        Flow<Airport> airports = job.read(Csv.files(List.of(airportFiles)).as(Airport.class));

        Flow<Leg> legs =
                flights.keyBy(Route::of).aggregate(Punctuality.aggregator()).map(Leg::new);

        // A left join: an airport that is not in the table is still recommended, by its code.
        Flow<Suggestion> suggestions = legs.keyBy(leg -> leg.route().destination())
                .leftJoin(airports.keyBy(Airport::iata), Suggestion::of)
                .map((destination, suggestion) -> suggestion);

        suggestions
                .keyBy(Suggestion::origin)
                .topK(BEST, BY_SCORE)
                .mapValues(Recommendations::of)
                .publish(publication);
        return job;
    }
}
