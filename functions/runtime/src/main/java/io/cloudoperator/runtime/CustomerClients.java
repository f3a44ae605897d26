package io.cloudoperator.runtime;

import io.cloudoperator.aws.Sleeper;
import io.cloudoperator.session.AssumeRoleResult;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.session.StsRoleSessions;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** The way to customers' accounts, for functions that have STS in their artifact. */
public final class CustomerClients {
  private CustomerClients() {}

  /**
   * Of the region's own STS endpoint: only its tokens are valid in opt-in regions.
   *
   * @param http the one that sessions use: who has assumed a role asks STS whose it is, over the
   *     same connection
   * @param endpoint another AWS-compatible one in its place
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html">STS
   *     in a region</a>
   */
  public static StsClient sts(AwsClients clients, SdkHttpClient http, Optional<URI> endpoint) {
    var builder = clients.configured(StsClient.builder().httpClient(http));
    endpoint.ifPresent(builder::endpointOverride);
    return builder.build();
  }

  /**
   * Sessions in customers' accounts.
   *
   * @param endpoint an AWS-compatible one in place of AWS
   */
  public static RoleSessions roleSessions(
      AwsClients clients, Optional<URI> endpoint, InstantSource clock, Sleeper sleeper) {
    SdkHttpClient http = StsRoleSessions.httpClient();
    return new StsRoleSessions(sts(clients, http, endpoint), http, endpoint, clock, sleeper);
  }

  /**
   * The same sessions, measuring how much of what STS allows each session policy took. One that is
   * too large fails every AssumeRole at once ({@code PackedPolicyTooLarge}), and what STS packs
   * with it, the tags of a session, may come from outside: an alarm goes off before.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
   */
  public static RoleSessions measured(RoleSessions roles, Telemetry telemetry) {
    return roles.observed(result -> {
      if (result instanceof AssumeRoleResult.Granted granted) {
        telemetry.measure("PackedPolicySize", granted.packedPolicyPercent(), MetricUnit.PERCENT);
      }
    });
  }
}
