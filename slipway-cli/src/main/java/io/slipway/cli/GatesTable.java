package io.slipway.cli;

import io.slipway.controller.VersionView;
import io.slipway.model.catalog.Approval;
import io.slipway.model.catalog.GateReport;
import io.slipway.model.catalog.GateResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** What the gates found, for people. Stateless. */
final class GatesTable {

    private GatesTable() {}

    static void print(List<VersionView> versions, PrintWriter out) {
        TextTable table = new TextTable("rrlll", "VERSION", "AGAINST", "GATE", "", "FOUND");
        for (VersionView version : versions) {
            version.review().gates().ifPresent(report -> add(version, report, table));
            version.review().dataGates().ifPresent(report -> add(version, report, table));
        }
        out.println();
        table.print(out);
        for (VersionView version : versions) {
            Optional<Approval> approval = version.review().approval();
            approval.ifPresent(
                    given -> out.println("Version " + version.version().number() + " was approved by " + given.who()
                            + " at " + given.when() + ": " + given.why()));
        }
        out.flush();
    }

    private static void add(VersionView version, GateReport report, TextTable table) {
        String against =
                report.against().isPresent() ? String.valueOf(report.against().getAsLong()) : "none";
        if (report.results().isEmpty()) {
            table.add(version.version().number(), against, "-", "", "No gate had anything to compare.");
        }
        for (GateResult result : report.results()) {
            table.add(
                    version.version().number(),
                    against,
                    result.gate(),
                    result.passed() ? "passed" : "HELD",
                    result.message());
        }
    }
}
