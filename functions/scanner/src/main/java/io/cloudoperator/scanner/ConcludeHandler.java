package io.cloudoperator.scanner;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.cloudoperator.runtime.Step;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The function of the state machine's Conclude step. {@link ConcludeScan} does the work: it makes a
 * snapshot of what the shards have written, or says why there is none.
 */
public final class ConcludeHandler implements RequestStreamHandler {
  private final Step<ConcludeScan.Input, ConcludeScan.Output> step;

  public ConcludeHandler() {
    Wiring wiring = Wiring.ofEnvironment();
    this(wiring);
    ScannerPriming.register(wiring, () -> step.rehearse(ScannerPriming.payload("")));
  }

  public ConcludeHandler(Wiring wiring) {
    Telemetry telemetry = wiring.telemetry();
    ConcludeScan concluding =
        new ConcludeScan(
            wiring.connections(),
            wiring.runs(),
            wiring.snapshots(),
            new FoundApis(wiring.apis(), telemetry),
            wiring.clock(),
            telemetry);
    step = new Step<>(ConcludeScan.Input.class, concluding::conclude, telemetry);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    step.handle(input, output, context);
  }
}
