package io.cloudoperator.scanner;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.cloudoperator.connection.ConnectionEvents;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ConnectionUpdates;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.runtime.Announcements;
import io.cloudoperator.runtime.MeasuredAccess;
import io.cloudoperator.runtime.Rehearsal;
import io.cloudoperator.runtime.Step;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.ScanStore;
import io.cloudoperator.scan.ShardPlanner;
import io.cloudoperator.session.Canary;
import io.cloudoperator.session.DenialCheck;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.session.TrustProbes;
import io.cloudoperator.vault.RoleVault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The first step: checks whose account it is, proves the role again where that is due, and deals
 * the account's regions into shards.
 */
public final class PlanHandler implements RequestStreamHandler {
  private final Step<Planning.Input, Planning.Output> step;

  /** What it keeps things in, how it reaches customers, and whom it tells what becomes of them. */
  public record Ports(
      ConnectionStore connections,
      ScanStore scans,
      RoleVault vault,
      RoleSessions access,
      ConnectionEvents events) {}

  /**
   * By what it decides.
   *
   * @param canary the role of our own; without it no connection is ever said to be revoked
   */
  public record Rules(ShardPlanner planner, ProofPolicy proof, Optional<RoleArn> canary) {}

  /** As template.yaml deploys it. */
  public PlanHandler() {
    Deployed deployed = new Deployed();
    this(
        new Ports(
            deployed.connections,
            deployed.scans,
            deployed.vault(),
            deployed.access(),
            deployed.events()),
        deployed.rules(),
        deployed.clock,
        SecureRandom::new,
        deployed.telemetry);
    deployed.prime(
        () -> step.rehearse(Deployed.payload("")),
        Rehearsal::openReference,
        Rehearsal::readAccount);
  }

  /**
   * With these collaborators.
   *
   * @param random asked within each invocation
   */
  public PlanHandler(
      Ports ports,
      Rules rules,
      InstantSource clock,
      Supplier<? extends RandomGenerator> random,
      Telemetry telemetry) {
    RoleSessions measured = new MeasuredAccess(ports.access(), telemetry);
    Announcements announcements = new Announcements(ports.events(), clock, telemetry);
    ConnectionUpdates updates =
        new ConnectionUpdates(ports.connections(), announcements::changed, clock);
    Planning planning =
        new Planning(
            ports.connections(),
            ports.scans(),
            new SessionOpener(ports.vault(), measured),
            new Admission(
                new TrustProbes(measured, random),
                new DenialCheck(new Canary(ports.access(), rules.canary()), updates, clock),
                updates,
                rules.proof(),
                clock,
                telemetry),
            announcements,
            rules.planner(),
            clock,
            telemetry);
    step = new Step<>(Planning.Input.class, planning::plan, telemetry);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    step.handle(input, output, context);
  }
}
