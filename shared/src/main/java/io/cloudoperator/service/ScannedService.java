package io.cloudoperator.service;

import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiKind;
import io.cloudoperator.inventory.CdnDistribution;
import io.cloudoperator.inventory.SourceReadings;
import io.cloudoperator.metric.CountedResource;
import java.util.List;
import java.util.stream.Stream;

/**
 * One AWS service as the product knows it: what is called, what is found, and what is said of it.
 * Each has a package of its own and a line in {@link ScannedServices}, from which the manifest,
 * session policies, published permissions, discovery and the inventory derive. Stateless.
 */
public interface ScannedService {
  /** What a session that scans calls of it, in the order in which a scan does. */
  default List<ReadOperation<?>> scanning() {
    return List.of();
  }

  /** What a session that verifies calls of it. */
  default List<ReadOperation<?>> verifying() {
    return List.of();
  }

  /** The actions that the customer's role needs for it beside AWS's managed policies. */
  default List<String> granted(Tier tier) {
    return List.of();
  }

  /** What is counted of it in each region. */
  default List<RegionalCount> regionalCounts() {
    return List.of();
  }

  /** What is counted of it once for the whole account. */
  default List<CountedResource<?>> accountCounts() {
    return List.of();
  }

  /** What is read of it in each region, for its APIs. */
  default List<Discovery<?>> regional() {
    return List.of();
  }

  /** What is read of it once for all regions, for its APIs. */
  default List<Discovery<?>> global() {
    return List.of();
  }

  /** The kinds of APIs that it finds. */
  default List<ApiKind> kinds() {
    return List.of();
  }

  /** The APIs of a region; of what was not read there are none. */
  default Stream<Api> apis(RegionFacts found) {
    return Stream.empty();
  }

  /** The APIs that have no region. */
  default Stream<Api> apis(SourceReadings global) {
    return Stream.empty();
  }

  /** What callers reach APIs of other services through. */
  default Stream<CdnDistribution> distributions(SourceReadings global) {
    return Stream.empty();
  }
}
