package io.slipway.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.DatasetName;

/** Compares two versions of a dataset for operators: the port to whatever knows the versions' files. Thread-safe. */
@FunctionalInterface
public interface VersionComparison {

    /**
     * What differs from one version to another, as {@code slipway diff --json} prints it.
     *
     * @param examples how many examples of each kind are wanted
     * @throws io.slipway.model.NotFoundException if one of the versions has no records that could be read
     * @throws io.slipway.model.InvalidInputException if the comparison is too large for an answer over REST
     * @throws io.slipway.model.UnavailableException if it takes too long, or another one is running
     */
    ObjectNode compare(DatasetName dataset, long from, long to, int examples);
}
