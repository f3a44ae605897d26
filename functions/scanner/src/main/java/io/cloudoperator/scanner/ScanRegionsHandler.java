package io.cloudoperator.scanner;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.inventory.ApiStore;
import io.cloudoperator.json.Json;
import io.cloudoperator.runtime.MeasuredAccess;
import io.cloudoperator.runtime.Rehearsal;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Step;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.ScanStore;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.vault.RoleVault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;

/** The step of each shard: counts what is in its regions, and finds their APIs. */
public final class ScanRegionsHandler implements RequestStreamHandler {
  private static final String SHARD =
      """
      ,"shard":{"index":0,"regions":["us-east-1"],"buckets":true}\
      """;

  /** What it keeps things in, and how it reaches customers. */
  public record Ports(
      ConnectionStore connections,
      ScanStore scans,
      ApiStore apis,
      RoleVault vault,
      RoleSessions access) {}

  /**
   * Who we are to customers, and so whom their roles are to trust.
   *
   * @param account that we run in
   * @param roles the {@code aws:PrincipalArn} of the roles that may assume customers' roles
   */
  public record Broker(AccountId account, String roles) {
    /** As the environment has it. */
    public static Broker of(Settings settings) {
      return new Broker(settings.brokerAccount(), settings.brokerRolePattern());
    }
  }

  private final Scanning scanning;
  private final Telemetry telemetry;

  /** As template.yaml deploys it. */
  public ScanRegionsHandler() {
    Deployed deployed = new Deployed();
    this(
        new Ports(
            deployed.connections,
            deployed.scans,
            deployed.apis,
            deployed.vault(),
            deployed.access()),
        deployed.broker(),
        deployed.clock,
        deployed.telemetry);
    deployed.prime(
        () -> Json.MAPPER.readValue(Deployed.payload(SHARD), Scanning.Input.class),
        Rehearsal::openReference,
        Rehearsal::readAccount,
        Rehearsal::readInstances);
  }

  /** With these collaborators. */
  public ScanRegionsHandler(Ports ports, Broker broker, InstantSource clock, Telemetry telemetry) {
    SessionOpener sessions =
        new SessionOpener(ports.vault(), new MeasuredAccess(ports.access(), telemetry));
    scanning =
        new Scanning(
            ports.connections(),
            ports.scans(),
            ports.apis(),
            sessions,
            new AccountAudit(sessions, broker, telemetry),
            clock,
            telemetry);
    this.telemetry = telemetry;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    new Step<>(
            Scanning.Input.class,
            shard ->
                scanning.scan(shard, () -> Duration.ofMillis(context.getRemainingTimeInMillis())),
            telemetry)
        .handle(input, output, context);
  }
}
