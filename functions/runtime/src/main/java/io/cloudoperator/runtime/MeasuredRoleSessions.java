package io.cloudoperator.runtime;

import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.session.AssumeRoleResult;
import io.cloudoperator.session.RoleSessions;
import java.util.Optional;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * Access to customers' accounts that measures how much of what STS allows each session policy took.
 * One that is too large fails every AssumeRole at once ({@code PackedPolicyTooLarge}), and what STS
 * packs with it, the tags of a session, may come from outside: an alarm goes off before.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
 */
public record MeasuredRoleSessions(RoleSessions access, Telemetry telemetry)
    implements RoleSessions {
  @Override
  public AssumeRoleResult assume(
      RoleArn role,
      Optional<ExternalId> externalId,
      String sessionName,
      Tier tier,
      SessionPhase phase) {
    AssumeRoleResult assumption = access.assume(role, externalId, sessionName, tier, phase);
    if (assumption instanceof AssumeRoleResult.Granted granted) {
      telemetry.measure("PackedPolicySize", granted.packedPolicyPercent(), MetricUnit.PERCENT);
    }
    return assumption;
  }
}
