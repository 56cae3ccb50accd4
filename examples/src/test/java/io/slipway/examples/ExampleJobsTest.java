package io.slipway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.batch.JobDefinition;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ExampleJobsTest {

    @Test
    void theJobsAreFoundByName() {
        assertThat(ServiceLoader.load(JobDefinition.class))
                .extracting(JobDefinition::name)
                .containsExactlyInAnyOrder(
                        "route-delays",
                        "airport-recommendations",
                        "page-popularity",
                        "viewer-activity",
                        "page-ranking");
    }

    @Test
    void theFilesThatTheyReadByDefaultAreThere() {
        assertThat(ExampleData.flights()).isRegularFile();
        assertThat(ExampleData.airports()).isRegularFile();
        assertThat(ExampleData.views()).isRegularFile();
        assertThat(ExampleData.viewers()).isRegularFile();
    }
}
