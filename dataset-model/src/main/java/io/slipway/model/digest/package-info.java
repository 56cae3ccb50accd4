/**
 * The record digest of DESIGN §4: how the reducer, the builder, a Kafka consumer and a node's open version each compute
 * what must agree. One implementation for all of them; nothing else may hash records.
 */
package io.slipway.model.digest;
