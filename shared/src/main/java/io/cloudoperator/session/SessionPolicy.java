package io.cloudoperator.session;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toCollection;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.service.apigateway.ApiGatewayPaths;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
    return of(tier, phase, literally(role.value()));
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
    Map<Boolean, String> actions =
        operations.stream()
            .collect(
                partitioningBy(
                    operation -> operation.service() == AwsService.IAM,
                    mapping(
                        ReadOperation::iamAction,
                        collectingAndThen(
                            toCollection(LinkedHashSet::new),
                            distinct ->
                                distinct.stream().collect(joining("\",\"", "[\"", "\"]"))))));
    return document(
        operations.stream().anyMatch(operation -> operation.service() == AwsService.IAM)
            ? Stream.of(
                statement(actions.getOrDefault(false, ""), "\"*\""),
                statement(actions.getOrDefault(true, ""), '"' + role + '"'))
            : Stream.of(statement(actions.getOrDefault(false, ""), "\"*\"")));
  }

  /**
   * A text that means itself in a policy: a role's path may have quotes, and what policies take for
   * a wildcard or a variable.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars">Special
   *     characters</a>
   */
  private static String literally(String text) {
    return text.replaceAll("[*?$]", "\\${$0}").replaceAll("[\"\\\\]", "\\\\$0");
  }

  static String of(List<ReadOperation<?>> operations) {
    Stream<String> byAction =
        Stream.of(
            statement(
                operations.stream()
                    .map(ReadOperation::iamAction)
                    .filter(action -> !action.equals(ApiGatewayPaths.GET))
                    .distinct()
                    .collect(joining("\",\"", "[\"", "\"]")),
                "\"*\""));
    List<String> resources = ApiGatewayPaths.resources(operations);
    Stream<String> byPath =
        resources.isEmpty()
            ? Stream.empty()
            : Stream.of(
                statement(
                    '"' + ApiGatewayPaths.GET + '"',
                    resources.stream().collect(joining("\",\"", "[\"", "\"]"))));
    return document(Stream.concat(byAction, byPath));
  }

  private static String document(Stream<String> statements) {
    return statements.collect(joining(",", "{\"Version\":\"2012-10-17\",\"Statement\":[", "]}"));
  }

  private static String statement(String actions, String resources) {
    return "{\"Effect\":\"Allow\",\"Action\":" + actions + ",\"Resource\":" + resources + '}';
  }
}
