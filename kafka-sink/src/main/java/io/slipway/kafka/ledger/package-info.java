/**
 * The two topics that publishers share ({@code spec/version-topic.md}): the ledger, which says who has claimed which
 * version and how it was decided, and the datasets, which say what publishers have to know of a catalog that they do not
 * see.
 */
package io.slipway.kafka.ledger;
