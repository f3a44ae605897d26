package io.cloudoperator.service;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.Counts;
import java.time.Instant;
import java.util.function.BiFunction;

/**
 * A resource that is counted in each region, and how it is read there.
 *
 * @param operation by which it is read: where a session may not call it, the resource is not
 *     counted, and so unknown
 * @param read counts the resource by a client of one region, as of a time; throws what the client
 *     throws
 */
public record RegionalCount(
    CountedResource<?> resource,
    ReadOperation<?> operation,
    BiFunction<AwsClient, Instant, Counts> read) {}
