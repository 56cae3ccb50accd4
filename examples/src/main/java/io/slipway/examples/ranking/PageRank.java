package io.slipway.examples.ranking;

/**
 * A page with how often it was viewed: a line of the written ranking, and the value of the dataset {@code page-ranking}.
 *
 * @param page the page's path
 * @param views how often it was viewed
 */
public record PageRank(String page, long views) {}
