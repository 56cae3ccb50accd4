package io.slipway.cli;

import java.io.PrintWriter;
import java.nio.file.Path;

/** What people can try while the demo stays up. */
final class DemoHints {

    private DemoHints() {}

    static void print(AllInOne server, Path repository, PrintWriter out) {
        DemoClient client = new DemoClient(server.readsUri(), DemoStory.DATASET.value());
        String administration =
                server.adminUri().resolve("/v1/datasets/" + DemoStory.DATASET).toString();
        out.println();
        out.println("Still serving. Try, in another terminal:");
        out.println("  curl -i " + client.uri(DemoStory.ROUTE));
        out.println("  curl '" + client.uri(DemoStory.ROUTE) + "?version=2'");
        out.println("  curl -d '{\"keys\":[\"" + DemoStory.ROUTE + "\",\"SFO-SEA\",\"no-such-route\"]}' "
                + client.batchUri());
        out.println("  curl -X POST '" + administration + "/versions/2:swap?reason=again'");
        out.println("  ./slipway versions " + DemoStory.DATASET + " --repository " + repository);
        out.println("Stop it with Ctrl-C; what it wrote is removed then.");
        out.flush();
    }
}
