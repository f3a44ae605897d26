package io.cloudoperator.access;

import static java.util.stream.Collectors.joining;

import io.cloudoperator.connection.Tier;
import java.util.List;
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
  static final int MOST_CHARACTERS = 900;

  private SessionPolicy() {}

  /** The tier's policy as JSON without white space, for STS limits its size. */
  public static String of(Tier tier) {
    return of(Manifest.operations(tier));
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
    return Stream.concat(byAction, byPath)
        .collect(joining(",", "{\"Version\":\"2012-10-17\",\"Statement\":[", "]}"));
  }

  private static String statement(String actions, String resources) {
    return "{\"Effect\":\"Allow\",\"Action\":" + actions + ",\"Resource\":" + resources + '}';
  }
}
