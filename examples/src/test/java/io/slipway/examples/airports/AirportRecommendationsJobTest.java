package io.slipway.examples.airports;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.batch.JobArguments;
import io.slipway.batch.JobResult;
import io.slipway.examples.ExampleData;
import io.slipway.examples.FlightsByHand;
import io.slipway.examples.JobRunner;
import io.slipway.model.RunId;
import io.slipway.model.publish.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AirportRecommendationsJobTest {

    private static final AirportRecommendationsJob DEFINITION = new AirportRecommendationsJob();

    @TempDir
    private Path folder;

    private JobRunner runner;

    @BeforeEach
    void start() {
        runner = new JobRunner(folder);
    }

    @AfterEach
    void stop() {
        runner.close();
    }

    @Test
    void eachAirportHasTheTenDestinationsWithTheMostFlightsOnTime() {
        Map<String, Recommendations> found = published(
                runner.run(DEFINITION.create(JobArguments.of(DEFINITION.options(), Map.of(), RunId.random()))));

        Map<String, List<String>> expected = FlightsByHand.all().stream()
                .collect(Collectors.groupingBy(
                        FlightsByHand.Line::origin,
                        Collectors.collectingAndThen(Collectors.toList(), AirportRecommendationsJobTest::best)));
        assertThat(found).hasSize(59).containsOnlyKeys(expected.keySet());
        expected.forEach(
                (airport, destinations) -> assertThat(found.get(airport).destinations())
                        .as(airport)
                        .extracting(Destination::airport)
                        .isEqualTo(destinations));
        assertThat(found.values())
                .flatExtracting(Recommendations::destinations)
                .allSatisfy(destination -> assertThat(destination.name()).isPresent());
    }

    @Test
    void destinationsAreJoinedWithTheirNames() {
        Map<String, Recommendations> found = published(runner.run(
                AirportRecommendationsJob.job(ExampleData.flights(), ExampleData.airports(), publication())));

        assertThat(found.get("PHX").destinations())
                .filteredOn(destination -> destination.airport().equals("LAX"))
                .singleElement()
                .satisfies(lax -> {
                    assertThat(lax.name()).contains("Los Angeles International");
                    assertThat(lax.city()).contains("Los Angeles");
                    assertThat(lax.state()).contains("CA");
                    assertThat(lax.flights()).isPositive();
                    assertThat(lax.onTimeShare()).isBetween(0.0, 1.0);
                });
    }

    @Test
    void anAirportThatIsNotInTheTableIsRecommendedByItsCode() throws IOException {
        Path flights = Files.writeString(folder.resolve("flights.csv"), """
                date,delay,distance,origin,destination
                01010700,0,100,AAA,BBB
                01010800,20,100,AAA,BBB
                01010900,14,100,AAA,CCC
                01011000,0,100,AAA,CCC
                """);
        Path airports = Files.writeString(folder.resolve("airports.csv"), """
                iata,name,city,state,country,latitude,longitude
                CCC,"Cove, Municipal",Cove,TX,USA,0,0
                """);

        Map<String, Recommendations> found =
                published(runner.run(AirportRecommendationsJob.job(flights, airports, publication())));

        assertThat(found)
                .isEqualTo(Map.of(
                        "AAA",
                        new Recommendations(List.of(
                                new Destination(
                                        "CCC",
                                        Optional.of("Cove, Municipal"),
                                        Optional.of("Cove"),
                                        Optional.of("TX"),
                                        2,
                                        1.0),
                                new Destination(
                                        "BBB", Optional.empty(), Optional.empty(), Optional.empty(), 2, 0.5)))));
    }

    private static List<String> best(List<FlightsByHand.Line> flights) {
        Map<String, Long> onTime = flights.stream()
                .collect(Collectors.groupingBy(
                        FlightsByHand.Line::destination,
                        Collectors.summingLong(flight -> flight.delay() < 15 ? 1 : 0)));
        return onTime.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.<String, Long>comparingByKey(Comparator.naturalOrder())))
                .limit(10)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<String, Recommendations> published(JobResult result) {
        return runner.published(result.publications().get(0).manifest(), String.class, Recommendations.class);
    }

    private static Publication publication() {
        return Publication.of(AirportRecommendationsJob.DATASET);
    }
}
