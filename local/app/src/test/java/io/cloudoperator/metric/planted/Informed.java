package io.cloudoperator.metric.planted;

import io.cloudoperator.connection.RegionName;

/** A metric that knows where it is counted. */
record Informed(RegionName region) {}
