package io.cloudoperator.session;

import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.SessionPhase;
import java.util.Optional;
import java.util.function.Consumer;

/** Opens sessions on customers' accounts. */
@FunctionalInterface
public interface RoleSessions {
  /** As with a phase, to scan. */
  default AssumeRoleResult assume(
      RoleArn role, Optional<ExternalId> externalId, String sessionName, Tier tier) {
    return assume(role, externalId, sessionName, tier, SessionPhase.SCAN);
  }

  /**
   * Tries to assume a customer's role for 900 seconds under the session policy of tier and phase.
   * AWS is asked once, apart from the SDK's own retries of throttled and failed requests.
   *
   * @param externalId sent as it is; empty to try without one, as a probe does
   * @param sessionName seen by the customer in CloudTrail: 2 to 64 of {@code [\w+=,.@-]}
   * @see <a
   *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
   */
  AssumeRoleResult assume(
      RoleArn role,
      Optional<ExternalId> externalId,
      String sessionName,
      Tier tier,
      SessionPhase phase);

  /** The same; each attempt is passed on before the result is returned. */
  default RoleSessions observed(Consumer<AssumeRoleResult> observer) {
    return (role, externalId, sessionName, tier, phase) -> {
      AssumeRoleResult result = assume(role, externalId, sessionName, tier, phase);
      observer.accept(result);
      return result;
    };
  }
}
