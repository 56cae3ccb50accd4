/**
 * The job {@code page-popularity}: the analysis of a web server's log. It shows input with lines that are not well
 * formed, keys that are any text, and two datasets published by one job.
 */
package io.slipway.examples.pages;
