/**
 * What a controller wants to know about the records of staged versions, for its gates: {@link
 * io.slipway.serving.examine.Examinations} takes the questions, {@code Examiner} looks the answers up in open versions. A
 * further thing to look for is a part of {@link io.slipway.model.node.DataQuestion} and of {@code Examiner}; what is to be
 * made of the answer is the controller's business.
 */
package io.slipway.serving.examine;
