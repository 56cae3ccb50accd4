package io.slipway.serving.reader;

import io.slipway.serving.NodeSettings;
import io.slipway.serving.TestRepository;

class RestReadContractTest extends ReadContract {

    @Override
    ReadClient open(TestRepository of, NodeSettings settings) {
        return new RestClient(of, settings);
    }
}
