package io.cloudoperator.session;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toList;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.policy.PolicyWriter;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.service.apigateway.ApiGatewayPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The policy that each AssumeRole passes: a session can do no more than the role allows and no more
 * than the manifest declares. Customers read it in the {@code policy} request parameter of each
 * AssumeRole event in CloudTrail.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session">Session
 *     policies</a>
 */
public final class SessionPolicy {
  // A policy may have 2,048 characters, but STS packs it with the tags of the session, and the
  // limit of that bites first: one of 1,097 characters was 91 percent of it. How it packs is not
  // published; what a policy came to is in the answer, PackedPolicySize.
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
  public static final int MOST_CHARACTERS = 900;

  private static final String ANY = "*";

  private SessionPolicy() {}

  /** The tier's policy as JSON without white space, for STS limits its size. */
  public static String of(Tier tier) {
    return of(Manifest.operations(tier));
  }

  /**
   * The policy of a phase.
   *
   * @param role that is assumed: of IAM nothing but this role can be read
   */
  public static String of(Tier tier, SessionPhase phase, RoleArn role) {
    return of(tier, phase, PolicyWriter.literal(role.value()));
  }

  /** As it is published: with {@code ROLE_ARN} for whichever role it is. */
  public static String published(Tier tier, SessionPhase phase) {
    return of(tier, phase, "ROLE_ARN");
  }

  private static String of(Tier tier, SessionPhase phase, String role) {
    return switch (phase) {
      case SCAN -> of(tier);
      case VERIFY -> ofOwnRole(Manifest.operations(tier, phase), role);
    };
  }

  private static String ofOwnRole(List<ReadOperation<?>> operations, String role) {
    Map<Boolean, List<String>> actions =
        operations.stream()
            .collect(
                partitioningBy(
                    operation -> operation.service() == AwsService.IAM,
                    mapping(
                        ReadOperation::iamAction,
                        collectingAndThen(toList(), SessionPolicy::distinct))));
    List<SequencedMap<String, Object>> statements = new ArrayList<>();
    statements.add(PolicyWriter.allow(actions.getOrDefault(false, List.of()), ANY));
    List<String> ofTheRole = actions.getOrDefault(true, List.of());
    if (!ofTheRole.isEmpty()) {
      statements.add(PolicyWriter.allow(ofTheRole, role));
    }
    return PolicyWriter.json(PolicyWriter.document(statements));
  }

  static String of(List<ReadOperation<?>> operations) {
    List<SequencedMap<String, Object>> statements = new ArrayList<>();
    statements.add(
        PolicyWriter.allow(
            distinct(
                operations.stream()
                    .map(ReadOperation::iamAction)
                    .filter(action -> !action.equals(ApiGatewayPaths.GET))
                    .toList()),
            ANY));
    List<String> resources = ApiGatewayPaths.resources(operations);
    if (!resources.isEmpty()) {
      statements.add(PolicyWriter.allow(ApiGatewayPaths.GET, resources));
    }
    return PolicyWriter.json(PolicyWriter.document(statements));
  }

  private static List<String> distinct(List<String> actions) {
    return actions.stream().distinct().toList();
  }
}
