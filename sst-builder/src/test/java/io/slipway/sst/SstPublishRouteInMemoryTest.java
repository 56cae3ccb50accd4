package io.slipway.sst;

import io.slipway.testkit.InMemoryStorage;
import io.slipway.testkit.MemoryFolders;
import io.slipway.testkit.PublishRouteContract;
import io.slipway.testkit.RouteUnderTest;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

/** The SST route on a storage without local files, as an object store is one. */
class SstPublishRouteInMemoryTest extends PublishRouteContract {

    @TempDir(factory = MemoryFolders.class)
    Path folder;

    @Override
    protected RouteUnderTest newRoute() {
        return new SstRouteUnderTest(new InMemoryStorage(InstantSource.system(), folder));
    }
}
