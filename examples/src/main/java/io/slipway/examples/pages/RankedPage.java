package io.slipway.examples.pages;

/** A page with its place among the most requested ones, from 1. */
record RankedPage(int rank, Page page) {}
