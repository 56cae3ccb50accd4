/**
 * What a controller and a node say to each other, as a port: the controller asks a node what it has, the node follows
 * the catalog. Neither knows the other's module.
 */
package io.slipway.model.node;
