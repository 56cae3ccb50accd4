package io.slipway.examples.delays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.slipway.batch.JobArguments;
import io.slipway.batch.JobResult;
import io.slipway.examples.ExampleData;
import io.slipway.examples.FlightsByHand;
import io.slipway.examples.JobRunner;
import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import io.slipway.model.publish.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteDelaysJobTest {

    private static final RouteDelaysJob DEFINITION = new RouteDelaysJob();

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
    void eachRouteHasTheFeaturesOfItsFlights() {
        JobResult result =
                runner.run(DEFINITION.create(JobArguments.of(DEFINITION.options(), Map.of(), RunId.random())));

        Map<String, RouteDelays> found = published(result);
        Map<String, List<FlightsByHand.Line>> expected =
                FlightsByHand.all().stream().collect(Collectors.groupingBy(FlightsByHand.Line::route));
        assertThat(result.recordsIn()).isEqualTo(231_083);
        assertThat(found).hasSize(668).containsOnlyKeys(expected.keySet());
        expected.forEach((route, flights) -> check(route, found.get(route), flights));
    }

    @Test
    void laterMonthsCanBeLeftOut() {
        JobResult result = runner.run(DEFINITION.create(
                JobArguments.of(DEFINITION.options(), Map.of("last-month", List.of("2")), RunId.random())));

        long flights = published(result).values().stream()
                .mapToLong(RouteDelays::flights)
                .sum();
        assertThat(flights)
                .isEqualTo(FlightsByHand.all().stream()
                        .filter(flight -> flight.date().compareTo("03") < 0)
                        .count());
    }

    @Test
    void theResultDoesNotDependOnTasksOrMemory() throws IOException {
        Path halves = halves();
        JobResult roomy = runner.run(RouteDelaysJob.job(halves, 12, publication()));
        JobResult tight = runner.runWithLittleMemory(RouteDelaysJob.job(halves, 12, publication()), 3);

        assertThat(tight.publications().get(0).manifest().digest())
                .isEqualTo(roomy.publications().get(0).manifest().digest());
    }

    @Test
    void aMonthThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> RouteDelaysJob.job(ExampleData.flights(), 13, publication()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--last-month is '13'");
    }

    @Test
    void aDateOfAnotherFormIsRefused() throws IOException {
        Path file = Files.writeString(
                folder.resolve("odd.csv"), "date,delay,distance,origin,destination\n2001-01-01,3,370,LAX,PHX\n");

        assertThatThrownBy(() -> runner.run(RouteDelaysJob.job(file, 12, publication())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("LAX")
                .hasMessageContaining("2001-01-01")
                .hasMessageContaining("MMDDhhmm");
    }

    private void check(String route, RouteDelays found, List<FlightsByHand.Line> flights) {
        int[] delays =
                flights.stream().mapToInt(FlightsByHand.Line::delay).sorted().toArray();
        assertThat(found.flights()).as(route).isEqualTo(delays.length);
        assertThat(found.meanDelay())
                .as(route)
                .isCloseTo(Arrays.stream(delays).average().orElseThrow(), within(1e-9));
        assertThat(found.medianDelay()).as(route).isEqualTo(delays[(delays.length + 1) / 2 - 1]);
        assertThat(found.delay95()).as(route).isEqualTo(delays[(int) Math.ceil(delays.length * 0.95) - 1]);
        assertThat(found.onTimeShare())
                .as(route)
                .isCloseTo(
                        Arrays.stream(delays).filter(delay -> delay < 15).count() / (double) delays.length,
                        within(1e-9));
        checkParts(route, found, flights);
    }

    private static void checkParts(String route, RouteDelays found, List<FlightsByHand.Line> flights) {
        Map<PartOfDay, Long> expected =
                flights.stream().collect(Collectors.groupingBy(RouteDelaysJobTest::part, Collectors.counting()));
        assertThat(found.parts().stream().collect(Collectors.toMap(PartDelays::part, PartDelays::flights)))
                .as(route)
                .isEqualTo(expected);
        assertThat(found.parts())
                .as(route)
                .isSortedAccordingTo(java.util.Comparator.comparing(PartDelays::part))
                .allSatisfy(part -> assertThat(part.onTimeShare()).isBetween(0.0, 1.0));
    }

    private static PartOfDay part(FlightsByHand.Line flight) {
        String time = flight.date().substring(4);
        if (time.compareTo("0600") < 0 || time.equals("2400")) {
            return PartOfDay.NIGHT;
        }
        if (time.compareTo("1200") < 0) {
            return PartOfDay.MORNING;
        }
        return time.compareTo("1800") < 0 ? PartOfDay.AFTERNOON : PartOfDay.EVENING;
    }

    /** The flights in two files, so that there are two tasks to read them. */
    private Path halves() throws IOException {
        Path halves = Files.createDirectory(folder.resolve("halves"));
        List<FlightsByHand.Line> all = FlightsByHand.all();
        write(halves.resolve("1.csv"), all.subList(0, 100_000));
        write(halves.resolve("2.csv"), all.subList(100_000, all.size()));
        return halves;
    }

    private static void write(Path file, List<FlightsByHand.Line> flights) throws IOException {
        StringBuilder text = new StringBuilder("date,delay,origin,destination\n");
        for (FlightsByHand.Line flight : flights) {
            text.append(flight.date()).append(',').append(flight.delay()).append(',');
            text.append(flight.origin())
                    .append(',')
                    .append(flight.destination())
                    .append('\n');
        }
        Files.writeString(file, text);
    }

    private Map<String, RouteDelays> published(JobResult result) {
        return runner.published(result.publications().get(0).manifest(), String.class, RouteDelays.class);
    }

    private static Publication publication() {
        return Publication.of(RouteDelaysJob.DATASET);
    }
}
