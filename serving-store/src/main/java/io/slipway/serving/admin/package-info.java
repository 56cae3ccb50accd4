/**
 * The admin port: health, readiness, metrics and what the node has, with Jersey in Dropwizard's environment. {@link
 * io.slipway.serving.admin.AdminServer} also serves resources that the caller brings, such as a controller's. A further
 * page of the node is a further resource here; lookups never go through this.
 */
package io.slipway.serving.admin;
