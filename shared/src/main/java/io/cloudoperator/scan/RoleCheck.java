package io.cloudoperator.scan;

import io.cloudoperator.call.Reading;
import io.cloudoperator.call.Reading.Complete;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.call.Reading.Unread;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.metric.EnglishCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One way in which our own role can come to differ from what was asked for, and what a scan knows
 * of it. Each tier answers to each point: what its permissions do not let it check is unchecked.
 *
 * @param at when it was tried or read; empty if it is unchecked
 * @param how the way in which it was checked, or why it was not, in a sentence for people
 */
public record RoleCheck(Point point, Result result, Optional<Instant> at, String how) {

  /** What is asked of the role. */
  public enum Point {
    /** It cannot be assumed without its External ID, nor with another. */
    ASKS_FOR_EXTERNAL_ID,
    /** Its trust policy allows the broker's roles and nobody else. */
    TRUSTS_US_ALONE,
    /** Its policies allow no more than was asked for. */
    GRANTS_NO_MORE,
    /** Its policies allow what the tier calls. */
    GRANTS_NO_LESS,
    /** It allows no longer sessions. */
    SESSION_DURATION
  }

  /** What is known of a point. */
  public enum Result {
    HOLDS,
    DEVIATES,
    UNCHECKED
  }

  /** Every point, in the order of their declaration. */
  public static List<RoleCheck> of(Snapshot snapshot) {
    return Arrays.stream(Point.values())
        .map(point -> deviating(point, snapshot).orElseGet(() -> of(point, snapshot)))
        .toList();
  }

  /** Where the documents of a role differ, whatever trying it shows. */
  private static Optional<RoleCheck> deviating(Point point, Snapshot snapshot) {
    return snapshot
        .accountChecks()
        .flatMap(checks -> checks.role().complete())
        .filter(
            drift -> drift.deviations().stream().anyMatch(found -> pointOf(found.kind()) == point))
        .map(_ ->
            checked(
                point,
                Result.DEVIATES,
                snapshot.finishedAt(),
                "Read: the role's documents differ from customer/audit-role.yaml; accountChecks"
                    + " says in what."));
  }

  private static Point pointOf(PermissionDrift.Kind kind) {
    return switch (kind) {
      case TRUSTS_WITHOUT_EXTERNAL_ID -> Point.ASKS_FOR_EXTERNAL_ID;
      case TRUSTS_OTHERS, TRUSTS_WHOLE_BROKER_ACCOUNT, TRUST_NOT_UNDERSTOOD ->
          Point.TRUSTS_US_ALONE;
      case POWERFUL_POLICY_ATTACHED,
          OTHER_POLICY_ATTACHED,
          INLINE_POLICY_GRANTS_MORE,
          INLINE_POLICY_NOT_UNDERSTOOD,
          BOUNDARY_MISSING,
          BOUNDARY_REPLACED ->
          Point.GRANTS_NO_MORE;
      case SECURITY_AUDIT_MISSING -> Point.GRANTS_NO_LESS;
    };
  }

  private static RoleCheck of(Point point, Snapshot snapshot) {
    return switch (point) {
      case ASKS_FOR_EXTERNAL_ID -> probed(snapshot);
      case TRUSTS_US_ALONE ->
          read(
              point,
              snapshot,
              "A trust policy is read by iam:GetRole, which the minimal tier does not ask for: whom"
                  + " else the role trusts is not known.");
      case GRANTS_NO_MORE ->
          read(
              point,
              snapshot,
              "A role's policies are read by IAM's Get and List actions, which the minimal tier"
                  + " does not ask for. Nor can it be tried: each session is cut down to the"
                  + " published calls, whatever the role grants.");
      case GRANTS_NO_LESS -> called(snapshot);
      case SESSION_DURATION ->
          unchecked(
              point,
              "The role's MaxSessionDuration is not compared: each session of ours is of 900"
                  + " seconds, whatever the role allows.");
    };
  }

  private static RoleCheck probed(Snapshot snapshot) {
    return snapshot
        .proof()
        .map(proof ->
            checked(
                Point.ASKS_FOR_EXTERNAL_ID,
                switch (proof.verdict()) {
                  case PROVEN -> Result.HOLDS;
                  case CONFUSED_DEPUTY -> Result.DEVIATES;
                },
                proof.at(),
                "Tried: AssumeRole without the External ID and with another one, %s."
                    .formatted(age(proof, snapshot))))
        .orElseGet(() ->
            unchecked(
                Point.ASKS_FOR_EXTERNAL_ID,
                "The release that scanned did not keep when the role was proven."));
  }

  private static String age(Proof proof, Snapshot snapshot) {
    if (!proof.at().isBefore(snapshot.startedAt())) {
      return "during this scan";
    }
    Duration age = Duration.between(proof.at(), snapshot.startedAt());
    return age.toHours() == 0
        ? "less than an hour before this scan"
        : EnglishCounts.count(age.toHours(), "hour") + " before this scan";
  }

  /** A point that only the role's documents can tell. */
  private static RoleCheck read(Point point, Snapshot snapshot, String notInMinimal) {
    if (snapshot.tier() == Tier.MINIMAL) {
      return unchecked(point, notInMinimal);
    }
    Optional<Reading<PermissionDrift>> role = snapshot.accountChecks().map(AccountChecks::role);
    if (role.isEmpty()) {
      return unchecked(point, "The release that scanned did not check it.");
    }
    return switch (role.get()) {
      case Complete<PermissionDrift> _ ->
          checked(
              point,
              Result.HOLDS,
              snapshot.finishedAt(),
              "Read: the role's documents are as customer/audit-role.yaml has them, or narrower.");
      case Unread<PermissionDrift>(var _, var code) ->
          unchecked(point, "The role's documents could not be read: " + code + ".");
    };
  }

  /** What the calls of the scan themselves have tried. */
  private static RoleCheck called(Snapshot snapshot) {
    List<Reason> unread =
        Stream.of(
                snapshot.coverage().unread().stream().map(Coverage.UnreadRegion::reason),
                snapshot.buckets().buckets().unread().stream().map(Unread::reason),
                snapshot.apis().stream()
                    .flatMap(apis -> apis.unread().stream())
                    .map(ApiSummary.UnreadSource::reason))
            .flatMap(reasons -> reasons)
            .toList();
    if (unread.contains(Reason.DENIED_BY_IAM)) {
      return checked(
          Point.GRANTS_NO_LESS,
          Result.DEVIATES,
          snapshot.finishedAt(),
          "Tried: AWS denied some of the scan's calls for the role's policies or its boundary; what"
              + " is unread says which.");
    }
    return unread.isEmpty()
        ? checked(
            Point.GRANTS_NO_LESS,
            Result.HOLDS,
            snapshot.finishedAt(),
            "Tried: AWS answered all calls of the scan.")
        : unchecked(
            Point.GRANTS_NO_LESS,
            "Some of the scan's calls failed for other reasons than the role; what is unread says"
                + " which.");
  }

  private static RoleCheck checked(Point point, Result result, Instant at, String how) {
    return new RoleCheck(point, result, Optional.of(at), how);
  }

  private static RoleCheck unchecked(Point point, String why) {
    return new RoleCheck(point, Result.UNCHECKED, Optional.empty(), why);
  }
}
