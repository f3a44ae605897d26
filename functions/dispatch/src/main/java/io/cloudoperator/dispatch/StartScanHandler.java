package io.cloudoperator.dispatch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.cloudoperator.runtime.HttpFunction;
import io.cloudoperator.runtime.Priming;
import io.cloudoperator.runtime.Routes;
import io.cloudoperator.runtime.Wiring;
import java.util.Map;

/** The function of {@code POST …/scans}. {@link StartScanRoute} does the work. */
public final class StartScanHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final HttpFunction function;

  public StartScanHandler() {
    Wiring wiring = Wiring.ofEnvironment();
    this(wiring);
    DispatchPriming.register(wiring);
    Priming.register(
        wiring.telemetry(),
        () ->
            function.rehearse(
                StartScanRoute.ROUTE, Map.of("connectionId", Priming.NO_CONNECTION.value()), ""));
  }

  public StartScanHandler(Wiring wiring) {
    this(wiring, SfnScanMachine.of(wiring));
  }

  StartScanHandler(Wiring wiring, ScanMachine machine) {
    StartScanRoute startScan =
        new StartScanRoute(
            wiring.connections(),
            new StartRun(wiring.runs(), machine, wiring.clock(), wiring.random()),
            wiring.clock());
    Routes routes =
        Routes.builder()
            .routeWithOrWithout(
                StartScanRoute.ROUTE, StartScanRoute.Regions.class, startScan::start)
            .build();
    function =
        new HttpFunction(
            routes, wiring.settings().tenantClaims(), wiring.clock(), wiring.telemetry());
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return function.handle(event, context);
  }
}
