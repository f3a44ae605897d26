package io.cloudoperator.scan;

import static java.util.stream.Collectors.joining;

import io.cloudoperator.metric.EnglishCounts;
import io.cloudoperator.metric.Severity;
import io.cloudoperator.scan.PermissionDrift.Deviation;
import io.cloudoperator.scan.RiskFlag.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The risk flags that follow from the checks of the account. */
public final class AccountFlags {
  private AccountFlags() {}

  /** The flags, the most severe first; what could not be checked has none. */
  public static List<RiskFlag> of(AccountChecks checks) {
    return Stream.concat(
            checks.role().complete().flatMap(AccountFlags::drift).stream(),
            checks.trail().complete().flatMap(AccountFlags::trail).stream())
        .sorted(RiskFlag.MOST_SEVERE_FIRST)
        .toList();
  }

  private static Optional<RiskFlag> trail(TrailStanding standing) {
    if (!standing.recordsAllRegions()) {
      return Optional.of(noTrail(standing));
    }
    return standing.validatesLogFiles() ? Optional.empty() : Optional.of(unvalidated());
  }

  // Severity of CloudTrail.1 in
  // https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-1
  // Remedy:
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/receive-cloudtrail-log-files-from-multiple-regions.html
  private static RiskFlag noTrail(TrailStanding standing) {
    return new RiskFlag(
        Kind.NO_TRAIL_OF_ALL_REGIONS,
        Severity.HIGH,
        1,
        List.of(),
        switch (standing.trails()) {
          case 0 -> "No CloudTrail trail records this account";
          case 1 -> "The one CloudTrail trail does not record all regions or is not logging";
          default ->
              "None of the %s CloudTrail trails records all regions and is logging"
                  .formatted(EnglishCounts.number(standing.trails()));
        },
        "What somebody does in a region that no trail records is gone after the 90 days of"
            + " CloudTrail's event history, and cannot be searched across regions before: whoever"
            + " steals credentials works where nobody looks. Our own calls, too, can only be held"
            + " against what CloudTrail has.",
        "Make one trail of all regions and start it: aws cloudtrail create-trail"
            + " --is-multi-region-trail --enable-log-file-validation, then aws cloudtrail"
            + " start-logging. In an organization, make it once as an organization trail. Which"
            + " events the trails select was not read: let it record read and write management"
            + " events.");
  }

  // Severity of CloudTrail.4 in
  // https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-4
  // Remedy:
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-enabling.html
  private static RiskFlag unvalidated() {
    return new RiskFlag(
        Kind.NO_TRAIL_OF_ALL_REGIONS,
        Severity.LOW,
        1,
        List.of(),
        "A CloudTrail trail records all regions, but does not validate its log files",
        "Who can write to the trail's bucket can change or delete log files, and nothing shows"
            + " it: without signed digests nobody can say that a log is whole.",
        "Turn it on: aws cloudtrail update-trail --enable-log-file-validation. From then on aws"
            + " cloudtrail validate-logs tells whether files were changed or are missing.");
  }

  // What is asked for is customer/audit-role.yaml. An External ID, and why:
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
  // Boundaries: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
  private static Optional<RiskFlag> drift(PermissionDrift drift) {
    if (drift.deviations().isEmpty()) {
      return Optional.empty();
    }
    boolean grave = drift.deviations().stream().anyMatch(deviation -> deviation.kind().isGrave());
    return Optional.of(
        new RiskFlag(
            Kind.PERMISSION_DRIFT,
            grave ? Severity.HIGH : Severity.MEDIUM,
            drift.count(),
            List.of(),
            "The role that we use is not as it was asked for: "
                + drift.deviations().stream().map(AccountFlags::inWords).collect(joining(", ")),
            "We use no more of the role than the published calls, whatever it grants: each session"
                + " is cut down to them. But a role that grants or trusts more than it was made for"
                + " is what others would look for, and one that grants less leaves things unread.",
            "Find out who changed it: CloudTrail has AttachRolePolicy, PutRolePolicy,"
                + " UpdateAssumeRolePolicy and DeleteRolePermissionsBoundary. Then update the stack"
                + " from customer/audit-role.yaml again (aws cloudformation detect-stack-drift shows"
                + " what differs), and detach by hand what is not of the stack."));
  }

  private static String inWords(Deviation deviation) {
    int count = deviation.count();
    return switch (deviation.kind()) {
      case TRUSTS_OTHERS -> "it trusts others than us";
      case TRUSTS_WITHOUT_EXTERNAL_ID -> "it trusts us without requiring its External ID";
      case POWERFUL_POLICY_ATTACHED -> "AdministratorAccess or PowerUserAccess is attached";
      case TRUSTS_WHOLE_BROKER_ACCOUNT -> "it trusts all of our account, not our roles alone";
      case TRUST_NOT_UNDERSTOOD -> "its trust policy has what we do not understand";
      case OTHER_POLICY_ATTACHED ->
          "%s beside SecurityAudit %s attached"
              .formatted(
                  count == 1 ? "1 policy" : EnglishCounts.number(count) + " policies",
                  count == 1 ? "is" : "are");
      case INLINE_POLICY_GRANTS_MORE ->
          "%s more than apigateway:GET and apigateway:ListRoutingRules"
              .formatted(
                  count == 1
                      ? "an inline policy grants"
                      : EnglishCounts.number(count) + " inline policies grant");
      case INLINE_POLICY_NOT_UNDERSTOOD ->
          "%s what we do not understand"
              .formatted(
                  count == 1
                      ? "an inline policy has"
                      : EnglishCounts.number(count) + " inline policies have");
      case BOUNDARY_MISSING -> "it has no permissions boundary";
      case BOUNDARY_REPLACED -> "its permissions boundary is not ReadOnlyAccess";
      case SECURITY_AUDIT_MISSING -> "SecurityAudit is not attached";
    };
  }
}
