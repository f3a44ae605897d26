package io.cloudoperator.access;

import static java.util.stream.Collectors.joining;

import io.cloudoperator.connection.Tier;

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
  private SessionPolicy() {}

  /** The tier's policy as JSON without white space, for STS limits its size. */
  public static String of(Tier tier) {
    return Manifest.operations(tier).stream()
        .map(ReadOperation::iamAction)
        .distinct()
        .collect(
            joining(
                "\",\"",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"",
                "\"],\"Resource\":\"*\"}]}"));
  }
}
