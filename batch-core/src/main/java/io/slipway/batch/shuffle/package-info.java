/**
 * Sorting more bytes than fit in memory: a bounded buffer that spills sorted runs to scratch files, and the merge of
 * such runs. Knows keys and values as bytes only. Used by engines, of no concern to a job's author; what is about
 * storing, sorting or merging encoded records goes here.
 */
package io.slipway.batch.shuffle;
