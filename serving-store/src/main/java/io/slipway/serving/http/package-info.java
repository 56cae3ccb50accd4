/**
 * Lookups over HTTP, DESIGN §7: {@link io.slipway.serving.http.LookupServer}. A request becomes an {@code Exchange}, which
 * has the buffers; {@code LookupHandler} takes the path apart and pins a snapshot; one small class for each kind of
 * request makes the reply in the buffers; the pin ends before anything is written to the network. A new kind of request
 * is a new such class. Nothing here may block, and nothing on the way of a single record may use a regular expression or
 * build a tree.
 */
package io.slipway.serving.http;
