/**
 * The job {@code page-ranking}: all pages in one order. It shows a total sort, files as an output, and a group that is
 * everything.
 */
package io.slipway.examples.ranking;
