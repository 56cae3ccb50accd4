package io.slipway.sst;

import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.testkit.MemoryFolders;
import io.slipway.testkit.PublishRouteContract;
import io.slipway.testkit.RouteUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The SST route on a local folder. */
class SstPublishRouteTest extends PublishRouteContract {

    @TempDir(factory = MemoryFolders.class)
    Path folder;

    private int repositories;

    @Override
    protected RouteUnderTest newRoute() {
        return new SstRouteUnderTest(new LocalFolderStorage(folder.resolve("repository-" + ++repositories)));
    }
}
