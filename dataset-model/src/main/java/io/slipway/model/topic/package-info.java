/**
 * The port to versions that lie in topics of a cluster instead of a repository: what a controller has to know of them and
 * to do with them. The module of the route implements it, the command wires it; what such a topic looks like is
 * {@code spec/version-topic.md}.
 */
package io.slipway.model.topic;
