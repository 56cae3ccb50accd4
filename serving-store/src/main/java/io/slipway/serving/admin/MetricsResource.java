package io.slipway.serving.admin;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Metrics in Prometheus' text format. Thread-safe. */
@Path("/metrics")
public final class MetricsResource {

    private final PrometheusRegistry registry;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    MetricsResource(PrometheusRegistry registry) {
        this.registry = registry;
    }

    /** All metrics. */
    @GET
    public Response metrics() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        writer.write(text, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        return Response.ok(text.toByteArray()).type(writer.getContentType()).build();
    }
}
