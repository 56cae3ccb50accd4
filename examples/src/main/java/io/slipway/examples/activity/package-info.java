/**
 * The job {@code viewer-activity}: page views joined with what is known of the viewers, each viewer's views in the order
 * of time. It shows a secondary sort, a join, a record key, and two datasets from one read.
 */
package io.slipway.examples.activity;
