package io.cloudoperator.sample.data;

import java.time.Instant;

/** What is true of one bucket. */
public record SampleBucket(String name, String region, Instant created) {}
