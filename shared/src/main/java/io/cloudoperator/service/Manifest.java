package io.cloudoperator.service;

import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.apigateway.HttpApiOperations;
import io.cloudoperator.service.apigateway.RestApiOperations;
import io.cloudoperator.service.appsync.AppSyncOperations;
import io.cloudoperator.service.cloudfront.CloudFrontOperations;
import io.cloudoperator.service.cloudtrail.CloudTrailOperations;
import io.cloudoperator.service.cloudtrail.LookupOperations;
import io.cloudoperator.service.ec2.Ec2Operations;
import io.cloudoperator.service.elb.LoadBalancerOperations;
import io.cloudoperator.service.iam.IamOperations;
import io.cloudoperator.service.lambda.LambdaOperations;
import io.cloudoperator.service.s3.S3Operations;
import io.cloudoperator.service.sts.StsOperations;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every AWS operation that can be called in a customer's account. Session policies and published
 * permissions are derived from it; what is not in it cannot be called.
 */
public final class Manifest {
  private static final List<ReadOperation<?>> OPERATIONS =
      List.of(
          StsOperations.GET_CALLER_IDENTITY,
          Ec2Operations.DESCRIBE_ENABLED_REGIONS,
          Ec2Operations.DESCRIBE_ALL_REGIONS,
          Ec2Operations.DESCRIBE_INSTANCES,
          S3Operations.LIST_BUCKETS,
          RestApiOperations.GET_REST_APIS,
          RestApiOperations.GET_RESOURCES,
          RestApiOperations.GET_STAGES,
          RestApiOperations.GET_AUTHORIZERS,
          RestApiOperations.GET_DOMAIN_NAMES,
          RestApiOperations.GET_BASE_PATH_MAPPINGS,
          RestApiOperations.GET_BASE_PATH_MAPPINGS_OF_PRIVATE_DOMAIN,
          RestApiOperations.GET_VPC_LINKS,
          HttpApiOperations.GET_APIS,
          HttpApiOperations.GET_ROUTES,
          HttpApiOperations.GET_STAGES,
          HttpApiOperations.GET_INTEGRATIONS,
          HttpApiOperations.GET_AUTHORIZER,
          HttpApiOperations.GET_DOMAIN_NAMES,
          HttpApiOperations.GET_API_MAPPINGS,
          HttpApiOperations.GET_VPC_LINKS,
          LambdaOperations.LIST_FUNCTIONS,
          LambdaOperations.LIST_FUNCTION_URL_CONFIGS,
          AppSyncOperations.LIST_GRAPHQL_APIS,
          LoadBalancerOperations.DESCRIBE_LOAD_BALANCERS,
          LoadBalancerOperations.DESCRIBE_LISTENERS,
          CloudFrontOperations.LIST_DISTRIBUTIONS);

  /** Of the phase that verifies: the account's trails and their events, and our own role. */
  private static final List<ReadOperation<?>> VERIFYING =
      List.of(
          StsOperations.GET_CALLER_IDENTITY,
          CloudTrailOperations.DESCRIBE_TRAILS,
          CloudTrailOperations.GET_TRAIL_STATUS,
          LookupOperations.BY_SESSION,
          LookupOperations.BY_ROLE,
          LookupOperations.ASSUME_ROLE,
          IamOperations.GET_ROLE,
          IamOperations.LIST_ATTACHED_ROLE_POLICIES,
          IamOperations.LIST_ROLE_POLICIES,
          IamOperations.GET_ROLE_POLICY);

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
    return switch (tier) {
      case MINIMAL ->
          new Granted(
              List.of(),
              List.of("ec2:Describe*", "s3:ListAllMyBuckets", "sts:GetCallerIdentity"),
              Optional.empty());
      case AUDIT ->
          new Granted(
              List.of("SecurityAudit"), List.of("apigateway:GET"), Optional.of("ReadOnlyAccess"));
    };
  }

  private static Permission permission(ReadOperation<?> operation, SessionPhase phase) {
    return new Permission(
        operation.service().id,
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
    return of(phase).stream().filter(operation -> operation.tier().compareTo(tier) <= 0).toList();
  }

  private static List<ReadOperation<?>> of(SessionPhase phase) {
    return switch (phase) {
      case SCAN -> OPERATIONS;
      case VERIFY -> VERIFYING;
    };
  }
}
