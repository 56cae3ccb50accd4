/**
 * The catalog: the durable record of which versions exist, in what state, and which is current ({@code
 * spec/catalog.md}). The model and its storage are here; what to change and when is decided in the swap-controller, and
 * only controller code writes.
 */
package io.slipway.model.catalog;
