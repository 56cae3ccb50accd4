package io.slipway.batch.plan;

import java.util.List;

/** A step of a plan. Two nodes are the same step only if they are the same object. */
public sealed interface Node permits Read, Narrow, Union, Wide {

    /** What comes before. */
    List<Node> inputs();

    /** The operator, for people. */
    String label();
}
