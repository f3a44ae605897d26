package io.cloudoperator.scanner;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.cloudoperator.access.CustomerAccess;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.runtime.MeasuredAccess;
import io.cloudoperator.runtime.Step;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.ScanStore;
import io.cloudoperator.scan.ShardPlanner;
import io.cloudoperator.vault.RoleVault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;

/** The first step: checks whose account it is, and deals its regions into shards. */
public final class PlanHandler implements RequestStreamHandler {
  private final Step<Planning.Input, Planning.Output> step;

  /** As template.yaml deploys it. */
  public PlanHandler() {
    Deployed deployed = new Deployed();
    deployed.prime();
    this(
        deployed.connections,
        deployed.scans,
        deployed.vault(),
        deployed.access(),
        new ShardPlanner(deployed.maxRegionsPerShard()),
        deployed.clock,
        deployed.telemetry);
  }

  /** With these collaborators. */
  public PlanHandler(
      ConnectionStore connections,
      ScanStore scans,
      RoleVault vault,
      CustomerAccess access,
      ShardPlanner planner,
      InstantSource clock,
      Telemetry telemetry) {
    Planning planning =
        new Planning(
            connections,
            scans,
            new SessionOpener(vault, new MeasuredAccess(access, telemetry)),
            planner,
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
