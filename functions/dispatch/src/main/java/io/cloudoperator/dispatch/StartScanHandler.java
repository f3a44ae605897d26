package io.cloudoperator.dispatch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.cloudoperator.runtime.HttpEvents;
import io.cloudoperator.runtime.HttpFunction;
import io.cloudoperator.runtime.Priming;
import io.cloudoperator.runtime.Routes;
import io.cloudoperator.runtime.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** The function of {@code POST …/scans}. {@link StartScanRoute} does the work. */
public final class StartScanHandler implements RequestStreamHandler {
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
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    HttpEvents.handle(event, answer, read -> handleRequest(read, context));
  }

  /** Answers an event that was read. */
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return function.handle(event, context);
  }
}
