package io.slipway.model.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.json.JsonFields;
import java.util.Optional;
import java.util.OptionalLong;

/** The fields of a review in JSON, among those of its version ({@code spec/catalog.md}). Stateless. */
public final class ReviewJson {

    private static final String PINNED = "pinned";
    private static final String GATES = "gates";
    private static final String DATA_GATES = "dataGates";
    private static final String APPROVAL = "approval";

    private ReviewJson() {}

    /** Adds a review's fields to an object; what there is not is left out. */
    public static void write(Review review, ObjectNode json) {
        if (review.pinned()) {
            json.put(PINNED, true);
        }
        review.gates().ifPresent(report -> write(report, json.putObject(GATES)));
        review.dataGates().ifPresent(report -> write(report, json.putObject(DATA_GATES)));
        review.approval().ifPresent(approval -> write(approval, json.putObject(APPROVAL)));
    }

    static Review read(JsonFields json) {
        return new Review(
                json.has(PINNED) && json.flag(PINNED),
                json.has(GATES) ? Optional.of(readGates(json.object(GATES))) : Optional.empty(),
                json.has(DATA_GATES) ? Optional.of(readGates(json.object(DATA_GATES))) : Optional.empty(),
                json.has(APPROVAL) ? Optional.of(readApproval(json.object(APPROVAL))) : Optional.empty());
    }

    private static void write(GateReport report, ObjectNode json) {
        report.against().ifPresent(number -> json.put("against", number));
        ArrayNode results = json.putArray("results");
        for (GateResult result : report.results()) {
            ObjectNode entry = results.addObject();
            entry.put("gate", result.gate());
            entry.put("passed", result.passed());
            result.measured().ifPresent(measured -> entry.put("measured", measured));
            result.limit().ifPresent(limit -> entry.put("limit", limit));
            entry.put("message", result.message());
        }
    }

    private static void write(Approval approval, ObjectNode json) {
        json.put("who", approval.who());
        json.put("why", approval.why());
        json.put("when", approval.when().toString());
    }

    private static GateReport readGates(JsonFields json) {
        return new GateReport(
                json.has("against") ? OptionalLong.of(json.integer("against")) : OptionalLong.empty(),
                json.objects("results", ReviewJson::readResult));
    }

    private static GateResult readResult(JsonFields json) {
        return new GateResult(
                json.text("gate"),
                json.flag("passed"),
                json.number("measured"),
                json.number("limit"),
                json.text("message"));
    }

    private static Approval readApproval(JsonFields json) {
        return new Approval(json.text("who"), json.text("why"), json.instant("when"));
    }
}
