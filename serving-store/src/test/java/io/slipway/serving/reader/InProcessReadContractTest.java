package io.slipway.serving.reader;

import io.slipway.serving.NodeSettings;
import io.slipway.serving.TestRepository;

class InProcessReadContractTest extends ReadContract {

    @Override
    ReadClient open(TestRepository of, NodeSettings settings) {
        return new InProcessClient(of, settings);
    }
}
