package io.cloudoperator.sample.sts;

import io.cloudoperator.sample.data.SampleAccount;
import io.cloudoperator.sample.iam.AccessRequest;
import io.cloudoperator.sample.iam.Credential;
import io.cloudoperator.sample.iam.Evaluation;
import io.cloudoperator.sample.iam.IamDirectory;
import io.cloudoperator.sample.iam.Identifiers;
import io.cloudoperator.sample.iam.Policy;
import io.cloudoperator.sample.iam.PolicyException;
import io.cloudoperator.sample.iam.PolicyKind;
import io.cloudoperator.sample.iam.Role;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.ServiceCall;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Gives out a session of a role to those whom it trusts. */
final class AssumeRole {

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
  private static final Duration LONGEST_CHAINED = Duration.ofHours(1);

  /** A new session. */
  record Issued(Credential credential, Instant expiration, Role role, int packedPercent) {}

  private final IamDirectory directory;
  private final Function<String, SampleAccount> accounts;
  private final InstantSource clock;

  AssumeRole(
      IamDirectory directory, Function<String, SampleAccount> accounts, InstantSource clock) {
    this.directory = directory;
    this.accounts = accounts;
    this.clock = clock;
  }

  Issued assume(ServiceCall call, AssumeRoleInput input) {
    int packedPercent = input.policy().map(SessionPolicyLimit::packedPercent).orElse(0);
    Optional<Policy> session = input.policy().map(AssumeRole::sessionPolicy);
    Role role = authorized(call, input);
    if (!accounts.apply(role.accountId()).enabled(call.region())) {
      throw new AwsError(
          403,
          "RegionDisabledException",
          "STS is not activated in this region for account:%s. Your account administrator can"
                  .formatted(role.accountId())
              + " activate STS in this region using the IAM Console.");
    }
    if (call.caller().roleSession() && input.duration().compareTo(LONGEST_CHAINED) > 0) {
      throw AssumeRoleInput.validation(
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by"
              + " role chaining");
    }
    if (input.duration().compareTo(role.maxSession()) > 0) {
      throw AssumeRoleInput.validation(
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
    Instant issued = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expiration = issued.plus(input.duration());
    Credential credential =
        new Credential(
            Identifiers.accessKeyId("ASIA"),
            Identifiers.secretAccessKey(),
            Optional.of(Identifiers.sessionToken()),
            Optional.of(expiration),
            new Credential.RoleSession(
                role.arn(), role.id(), input.sessionName(), session, Optional.of(issued)));
    directory.put(credential);
    return new Issued(credential, expiration, role, packedPercent);
  }

  /** The role, if the caller may assume it; the refusal is the same whether it exists or not. */
  private Role authorized(ServiceCall call, AssumeRoleInput input) {
    AccessRequest request =
        call.access("sts:AssumeRole", input.roleArn())
            .with("sts:RoleSessionName", input.sessionName());
    if (input.externalId().isPresent()) {
      request = request.with("sts:ExternalId", input.externalId().get());
    }
    List<String> actions = new ArrayList<>(List.of("sts:AssumeRole"));
    if (input.sourceIdentity().isPresent()) {
      actions.add("sts:SetSourceIdentity");
      request = request.with("sts:SourceIdentity", input.sourceIdentity().get());
    }
    AccessRequest complete = request;
    return directory
        .role(input.roleArn())
        .filter(role -> Evaluation.ofTrust(role, call.caller(), actions, complete).allowed())
        .orElseThrow(() ->
            new AwsError(
                403,
                "AccessDenied",
                "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
                    .formatted(call.caller().arn(), input.roleArn())));
  }

  private static Policy sessionPolicy(String json) {
    try {
      return Policy.parse(json, PolicyKind.SESSION);
    } catch (PolicyException e) {
      throw new AwsError(400, "MalformedPolicyDocument", String.valueOf(e.getMessage()));
    }
  }
}
