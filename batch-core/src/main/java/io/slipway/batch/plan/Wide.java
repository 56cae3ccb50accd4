package io.slipway.batch.plan;

/** A node before which records are shuffled. */
public sealed interface Wide extends Node permits Aggregate, CoGroup, Group, Join, Partition, Sort {}
