package io.cloudoperator.dispatch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.runtime.Step;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.ScanStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Starts the scans that are due, whenever the schedule calls; what its event says is not read. */
public final class DueScansHandler implements RequestStreamHandler {
  private final DueScans dueScans;
  private final Telemetry telemetry;

  /** As template.yaml deploys it. */
  public DueScansHandler() {
    Deployed deployed = new Deployed();
    deployed.prime();
    this(
        deployed.connections,
        deployed.scans,
        deployed.machine,
        deployed.clock,
        SecureRandom::new,
        deployed.telemetry);
  }

  /**
   * With these collaborators.
   *
   * @param random asked for each scan id, by several threads
   */
  public DueScansHandler(
      ConnectionStore connections,
      ScanStore scans,
      ScanMachine machine,
      InstantSource clock,
      Supplier<? extends RandomGenerator> random,
      Telemetry telemetry) {
    dueScans =
        new DueScans(connections, new Starting(scans, machine, clock, random), clock, telemetry);
    this.telemetry = telemetry;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream output, Context context)
      throws IOException {
    Step<JsonNode, DueScans.Tally> step =
        new Step<>(
            JsonNode.class,
            _ -> dueScans.start(() -> Duration.ofMillis(context.getRemainingTimeInMillis())),
            telemetry);
    step.handle(event, output, context);
  }
}
