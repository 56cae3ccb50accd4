package io.slipway.serving;

import io.slipway.model.VersionId;
import io.slipway.serving.admin.AdminServer;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A node with both its ports and a dataset {@code pages} of one record {@code a}. */
final class TwoPorts implements AutoCloseable {

    private final TestRepository repository;
    private final TestNode node;
    private final AdminServer admin;

    private TwoPorts(java.nio.file.Path folder, UnaryOperator<NodeSettings> change) {
        repository = new TestRepository(folder.resolve("repository"));
        VersionId version = repository.publish("pages", Map.of("a", "1"));
        repository.swap(version);
        node = TestNode.start(repository, change.apply(TestNode.settings(folder.resolve("data"))));
        admin = AdminServer.start(
                node.settings(), node.node(), node.metrics(), List.of(new Echo()), InstantSource.system());
        node.awaitServed(version);
    }

    static TwoPorts start(java.nio.file.Path folder, UnaryOperator<NodeSettings> change) {
        return new TwoPorts(folder, change);
    }

    TestRepository repository() {
        return repository;
    }

    int reads() {
        return node.port();
    }

    int admin() {
        return admin.port();
    }

    @Override
    public void close() {
        admin.close();
        node.close();
    }

    /** Says what it is told, as an action of a controller would write it down. */
    @Path("/v1/echo")
    public static final class Echo {

        /** Who asks, why, and for what. */
        @POST
        @Path("{what}:do")
        public String echo(
                @PathParam("what") String what,
                @QueryParam("who") @DefaultValue("somebody") String who,
                @QueryParam("reason") @DefaultValue("") String reason) {
            return what + " by " + who + " because " + reason;
        }
    }
}
