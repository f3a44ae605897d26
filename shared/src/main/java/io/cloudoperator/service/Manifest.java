package io.cloudoperator.service;

import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.connection.Tier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every AWS operation that can be called in a customer's account, as the {@link ScannedServices}
 * declare them. Session policies and published permissions are derived from it; what is not in it
 * cannot be called.
 */
public final class Manifest {
  private Manifest() {}

  /**
   * An operation as it is published to customers.
   *
   * @param service such as {@code ec2}
   * @param operation as CloudTrail calls it
   * @param iamAction the permission that it needs
   * @param tier the least tier that calls it
   * @param phase whose sessions call it; of several the first
   * @param why one sentence
   */
  public record Permission(
      String service,
      String operation,
      String iamAction,
      Tier tier,
      SessionPhase phase,
      String why) {}

  /** What a connection of this tier calls, in the order in which a scan does. */
  public static List<Permission> published(Tier tier) {
    List<ReadOperation<?>> scanning = operations(tier);
    return Stream.concat(
            scanning.stream().map(operation -> permission(operation, SessionPhase.SCAN)),
            operations(tier, SessionPhase.VERIFY).stream()
                .filter(operation -> !scanning.contains(operation))
                .map(operation -> permission(operation, SessionPhase.VERIFY)))
        // An operation may be declared in more forms than one.
        .distinct()
        .toList();
  }

  /**
   * What the customer's role of a tier is granted. A session can do less: its own policy cuts it.
   *
   * @param managedPolicies of AWS, by their names
   * @param actions of the policy that the role has of its own, on any resource
   * @param boundary the managed policy of AWS that the role stays inside, whatever is attached to
   *     it; absent where the role has nothing but {@code actions}
   * @see <a
   *     href="https://docs.aws.amazon.com/aws-managed-policy/latest/reference/SecurityAudit.html">SecurityAudit</a>
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html">Permissions
   *     boundaries</a>
   */
  public record Granted(
      List<String> managedPolicies, List<String> actions, Optional<String> boundary) {
    public Granted {
      managedPolicies = List.copyOf(managedPolicies);
      actions = List.copyOf(actions);
    }
  }

  /** What the customer's role is granted for this tier. */
  public static Granted granted(Tier tier) {
    List<String> actions =
        ScannedServices.ALL.stream()
            .flatMap(service -> service.granted(tier).stream())
            .sorted()
            .toList();
    return switch (tier) {
      case MINIMAL -> new Granted(List.of(), actions, Optional.empty());
      case AUDIT -> new Granted(List.of("SecurityAudit"), actions, Optional.of("ReadOnlyAccess"));
    };
  }

  private static Permission permission(ReadOperation<?> operation, SessionPhase phase) {
    return new Permission(
        operation.service().id(),
        operation.name(),
        operation.iamAction(),
        operation.tier(),
        phase,
        operation.why());
  }

  /** As with a phase, to scan. */
  public static List<ReadOperation<?>> operations(Tier tier) {
    return operations(tier, SessionPhase.SCAN);
  }

  /**
   * What a session of this tier may call in its phase: its own operations, and those of lesser
   * tiers.
   */
  public static List<ReadOperation<?>> operations(Tier tier, SessionPhase phase) {
    return ScannedServices.ALL.stream()
        .<ReadOperation<?>>flatMap(service -> operations(service, tier, phase))
        .toList();
  }

  /** As above, of one service. */
  public static Stream<ReadOperation<?>> operations(
      ScannedService service, Tier tier, SessionPhase phase) {
    List<ReadOperation<?>> declared =
        switch (phase) {
          case SCAN -> service.scanning();
          case VERIFY -> service.verifying();
        };
    return declared.stream().filter(operation -> operation.tier().compareTo(tier) <= 0);
  }
}
