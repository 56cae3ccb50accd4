/**
 * The job {@code airport-recommendations}: recommendations, joined with a table of names. It shows a left join, a
 * top-K for each key, and lists as values.
 */
package io.slipway.examples.airports;
