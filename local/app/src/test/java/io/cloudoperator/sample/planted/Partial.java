package io.cloudoperator.sample.planted;

import io.cloudoperator.scan.InstanceCounts;

/** A referee that counts as the player does. */
record Partial(InstanceCounts counts) {}
