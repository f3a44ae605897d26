package io.cloudoperator.dispatch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.ConnectionUpdates;
import io.cloudoperator.runtime.ConnectionEventPublisher;
import io.cloudoperator.runtime.Step;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * The function that the schedule invokes; what its event says is not read. {@link DueScans} starts
 * the scans that are due, {@link LapsedReferences} then deletes what is kept no longer.
 */
public final class DueScansHandler implements RequestStreamHandler {
  private final DueScans dueScans;
  private final LapsedReferences lapsed;
  private final Telemetry telemetry;

  public DueScansHandler() {
    Wiring wiring = Wiring.ofEnvironment();
    this(wiring);
    DispatchPriming.register(wiring);
  }

  public DueScansHandler(Wiring wiring) {
    this(wiring, SfnScanMachine.of(wiring));
  }

  DueScansHandler(Wiring wiring, ScanMachine machine) {
    telemetry = wiring.telemetry();
    dueScans =
        new DueScans(
            wiring.connections(),
            new StartRun(wiring.runs(), machine, wiring.clock(), wiring.random()),
            wiring.clock(),
            telemetry);
    ConnectionEventPublisher announcements =
        new ConnectionEventPublisher(wiring.events(), wiring.clock(), telemetry);
    lapsed =
        new LapsedReferences(
            wiring.connections(),
            new ConnectionUpdates(wiring.connections(), announcements::changed, wiring.clock()),
            wiring.clock());
  }

  @Override
  public void handleRequest(InputStream event, OutputStream output, Context context)
      throws IOException {
    Step<JsonNode, DueScans.Tally> step = new Step<>(JsonNode.class, _ -> tick(context), telemetry);
    step.handle(event, output, context);
  }

  private DueScans.Tally tick(Context context) {
    DueScans.Tally tally =
        dueScans.start(() -> Duration.ofMillis(context.getRemainingTimeInMillis()));
    lapsed.delete();
    return tally;
  }
}
