package io.cloudoperator.scanner;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.inventory.ApiStore;
import io.cloudoperator.runtime.Step;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.ScanStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;

/** The last step: makes a snapshot of what the shards have written, or says why there is none. */
public final class ConcludeHandler implements RequestStreamHandler {
  private final Step<Concluding.Input, Concluding.Output> step;

  /** As template.yaml deploys it. */
  public ConcludeHandler() {
    Deployed deployed = new Deployed();
    this(deployed.connections, deployed.scans, deployed.apis, deployed.clock, deployed.telemetry);
    deployed.prime(() -> step.rehearse(Deployed.payload("")));
  }

  /** With these collaborators. */
  public ConcludeHandler(
      ConnectionStore connections,
      ScanStore scans,
      ApiStore apis,
      InstantSource clock,
      Telemetry telemetry) {
    Concluding concluding =
        new Concluding(connections, scans, new FoundApis(apis, telemetry), clock, telemetry);
    step = new Step<>(Concluding.Input.class, concluding::conclude, telemetry);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    step.handle(input, output, context);
  }
}
