/**
 * The node: {@link io.slipway.serving.ServingNode} follows the catalog, stages versions and shows them. What it is made of
 * is in the packages below: {@code store} (disk and databases), {@code staging} (repository to open version), {@code
 * view} (what readers see), {@code examine} (what gates want to know), {@code http} (lookups), {@code admin} (administration), {@code metrics}
 * (what is counted), {@code access} (the access log).
 *
 * <p>A process is wired of three: open a node, start it, start a {@link io.slipway.serving.http.LookupServer} and an {@link
 * io.slipway.serving.admin.AdminServer} on it; close them in the reverse order.
 */
package io.slipway.serving;
