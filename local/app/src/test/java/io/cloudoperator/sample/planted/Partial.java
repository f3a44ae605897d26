package io.cloudoperator.sample.planted;

import io.cloudoperator.metric.Counts;

/** A referee that counts as the player does. */
record Partial(Counts counts) {}
