package io.cloudoperator.scanner;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.cloudoperator.json.Json;
import io.cloudoperator.runtime.CustomerClients;
import io.cloudoperator.runtime.PrimingRequests;
import io.cloudoperator.runtime.Step;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * The function of the state machine's Map: one invocation scans one shard. {@link ScanShard} does
 * the work: it counts what is in the shard's regions and finds their APIs.
 */
public final class ScanRegionsHandler implements RequestStreamHandler {
  private static final String SHARD =
      """
      ,"shard":{"index":0,"regions":["us-east-1"],"buckets":true}\
      """;

  private final ScanShard scanning;
  private final Telemetry telemetry;

  public ScanRegionsHandler() {
    Wiring wiring = Wiring.ofEnvironment();
    this(wiring);
    ScannerPriming.register(
        wiring,
        () -> Json.STORED.readValue(ScannerPriming.payload(SHARD), ScanShard.Input.class),
        PrimingRequests::openReference,
        PrimingRequests::readAccount,
        PrimingRequests::readInstances);
  }

  public ScanRegionsHandler(Wiring wiring) {
    telemetry = wiring.telemetry();
    SessionOpener sessions =
        new SessionOpener(
            wiring.vault(), CustomerClients.measured(wiring.roleSessions(), telemetry));
    scanning =
        new ScanShard(
            wiring.connections(),
            wiring.runs(),
            wiring.snapshots(),
            wiring.apis(),
            sessions,
            new AccountAudit(sessions, wiring.settings(), telemetry),
            wiring.clock(),
            telemetry);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    new Step<>(
            ScanShard.Input.class,
            shard ->
                scanning.scan(shard, () -> Duration.ofMillis(context.getRemainingTimeInMillis())),
            telemetry)
        .handle(input, output, context);
  }
}
