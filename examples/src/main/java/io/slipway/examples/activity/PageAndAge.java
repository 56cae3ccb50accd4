package io.slipway.examples.activity;

/**
 * The key of the dataset {@code page-views-by-age}.
 *
 * @param page the page's path
 * @param ageGroup how old the viewers are
 */
public record PageAndAge(String page, AgeGroup ageGroup) {}
