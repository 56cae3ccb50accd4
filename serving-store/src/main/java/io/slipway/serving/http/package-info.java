/**
 * Lookups over HTTP, DESIGN §7 and {@code spec/serving-api.yaml}: {@link io.slipway.serving.http.LookupServer}. A request
 * becomes an {@code Exchange}, which has the buffers; {@code LookupHandler} finds out what its {@code Address} names and pins
 * a snapshot; one small class for each kind of request ({@code RecordLookup}, {@code BatchLookup}, {@code MultiBatchLookup},
 * {@code ScanLookup}, {@code DatasetReplies}) makes the reply in the buffers; the pin ends before anything is written to the
 * network. A new kind of request is a new such class.
 *
 * <p>What memory can answer is answered in the selectors' threads, which must never wait; the rest by the threads of {@code
 * Answers}, which bounds it. Nothing on the way of a record may use a regular expression or build a tree.
 */
package io.slipway.serving.http;
