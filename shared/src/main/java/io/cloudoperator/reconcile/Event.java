package io.cloudoperator.reconcile;

import java.time.Instant;
import java.util.Optional;

/**
 * What is read of a CloudTrail event; everything else in it is skipped.
 *
 * @param recipient the account in whose trail it is; empty if the event does not say
 * @param role the name of the role whose session made the call; empty if it was no role's
 * @param session the name of that session
 * @param roleAccount the account of that role
 * @param issued when the access key of that session was issued; empty if the event does not say
 * @param caller the account of whoever made the call; empty if the event does not say
 * @param assume the parameters of an AssumeRole; empty for any other call
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html">CloudTrail
 *     record contents</a>
 */
public record Event(
    String id,
    Instant time,
    String name,
    String source,
    String region,
    String requestId,
    String errorCode,
    String recipient,
    String role,
    String session,
    String roleAccount,
    Optional<Instant> issued,
    String caller,
    Optional<Assume> assume) {
  /**
   * What an AssumeRole asked for.
   *
   * @param shown whether the event shows its parameters at all
   * @param account of the role; empty if the event does not say
   * @param role its name, without its path
   * @param roleArn as the request has it; empty if the event does not show it
   * @param session the name of the session to be
   * @param policy as text; empty if none was passed
   * @param durationSeconds empty if none was passed
   */
  public record Assume(
      boolean shown,
      String account,
      String role,
      String roleArn,
      String session,
      Optional<String> policy,
      Optional<Long> durationSeconds,
      boolean externalId) {}
}
