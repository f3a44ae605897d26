package io.cloudoperator.dispatch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.runtime.HttpFunction;
import io.cloudoperator.runtime.Routes;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.ScanStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Starts a scan on demand. */
public final class StartScanHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final HttpFunction function;

  /** As template.yaml deploys it. */
  public StartScanHandler() {
    Deployed deployed = new Deployed();
    this(
        deployed.connections,
        deployed.scans,
        deployed.machine,
        deployed.clock,
        SecureRandom::new,
        deployed.settings.tenantClaim(),
        deployed.telemetry);
    deployed.prime(this::startNothing);
  }

  /**
   * With these collaborators.
   *
   * @param random asked for each scan id
   */
  public StartScanHandler(
      ConnectionStore connections,
      ScanStore scans,
      ScanMachine machine,
      InstantSource clock,
      Supplier<? extends RandomGenerator> random,
      String tenantClaim,
      Telemetry telemetry) {
    StartScan startScan =
        new StartScan(connections, new Starting(scans, machine, clock, random), clock);
    Routes routes = Routes.builder().route(StartScan.ROUTE, startScan::start).build();
    function = new HttpFunction(routes, tenantClaim, telemetry);
  }

  /** A scan of a connection that nobody has. */
  private void startNothing() {
    function.rehearse(StartScan.ROUTE, Map.of("connectionId", "con-" + "0".repeat(32)), "");
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return function.handle(event, context);
  }
}
