package io.cloudoperator.bench.cold;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.runtime.AwsClients;
import io.cloudoperator.runtime.CustomerClients;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.scanner.ScanRegionsHandler;
import io.cloudoperator.session.AssumeRoleResult;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.session.SessionPolicy;
import io.cloudoperator.session.StsRoleSessions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * The scan step on the SDK's own clients for EC2 and S3, as anybody would write it first: what
 * table c compares to. Tables, key and telemetry are as deployed; only the customer is asked
 * otherwise.
 */
public final class SdkScanHandler implements RequestStreamHandler {
  private final ScanRegionsHandler step;

  /** From the environment, as Lambda makes it. */
  public SdkScanHandler() {
    Settings settings = Settings.ofEnvironment();
    step =
        new ScanRegionsHandler(
            new Wiring(settings, new AwsClients(settings), Telemetry.powertools()) {
              @Override
              public RoleSessions roleSessions() {
                return sessions(this);
              }
            });
  }

  /** They are on the SDK's own clients, which share one HTTP client. */
  private static RoleSessions sessions(Wiring wiring) {
    var endpoint = wiring.settings().customerEndpointUrl();
    StsClient sts = CustomerClients.sts(wiring.clients(), wiring.clients().http(), endpoint);
    SdkHttpClient http = StsRoleSessions.httpClient();
    return (role, externalId, sessionName, tier, phase) -> {
      Credentials granted =
          sts.assumeRole(request ->
                  request
                      .roleArn(role.value())
                      .externalId(externalId.map(ExternalId::value).orElse(null))
                      .roleSessionName(sessionName)
                      .durationSeconds(900)
                      .policy(SessionPolicy.of(tier, phase, role)))
              .credentials();
      StaticCredentialsProvider credentials =
          StaticCredentialsProvider.create(
              AwsSessionCredentials.create(
                  granted.accessKeyId(), granted.secretAccessKey(), granted.sessionToken()));
      return new AssumeRoleResult.Granted(
          new SdkSession(http, endpoint, credentials), 0, List.of());
    };
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    step.handleRequest(input, output, context);
  }
}
