package io.cloudoperator.service;

import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiKind;
import io.cloudoperator.inventory.CdnDistribution;
import io.cloudoperator.inventory.SourceReadings;
import java.util.List;
import java.util.stream.Stream;

/**
 * One AWS service as the product knows it: what is called, what is found, and what is said of it.
 * Each has a package of its own and a line in {@link ScannedServices}, from which the manifest,
 * session policies, published permissions, discovery and the inventory derive. Stateless.
 */
public interface ScannedService {
  /** Any resource, in a policy. */
  String ANY = "*";

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

  /**
   * The resources on which a session policy allows an action of it: all, unless it is narrowed.
   *
   * @param operations of the session that need the action
   * @param role the ARN of the role that is assumed, as a policy writes it
   */
  default List<String> resources(String action, List<ReadOperation<?>> operations, String role) {
    return List.of(ANY);
  }

  /** What is counted of it. */
  default List<ResourceCounter<?>> counters() {
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
