package io.cloudoperator.local.backend;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.cloudoperator.connect.ConnectHandler;
import io.cloudoperator.connect.VerifyHandler;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.dispatch.DueScansHandler;
import io.cloudoperator.dispatch.StartScanHandler;
import io.cloudoperator.platform.lambda.HostedFunction;
import io.cloudoperator.query.QueryHandler;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.scanner.ConcludeHandler;
import io.cloudoperator.scanner.PlanHandler;
import io.cloudoperator.scanner.ScanRegionsHandler;
import io.cloudoperator.trim.TrimHandler;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The functions of template.yaml, each made by the constructor that Lambda runs, with the settings
 * that it has there and the clients of a laptop. As in Lambda, that is when one is first invoked.
 */
final class FunctionHost {
  private final LocalDeployment deployment;
  private final Map<String, Supplier<HostedFunction>> known = new HashMap<>();
  private final Map<String, HostedFunction> hosted = new ConcurrentHashMap<>();
  private final LocalClients clients;
  private final CustomerSide side;
  private final Telemetry telemetry;

  FunctionHost(
      LocalDeployment deployment, LocalClients clients, CustomerSide side, Telemetry telemetry) {
    this.deployment = deployment;
    this.clients = clients;
    this.side = side;
    this.telemetry = telemetry;
    host("ConnectFunction", ConnectHandler::new);
    host("VerifyFunction", VerifyHandler::new);
    host("QueryFunction", QueryHandler::new);
    host("PlanFunction", PlanHandler::new);
    host("ScanRegionsFunction", ScanRegionsHandler::new);
    host("ConcludeFunction", ConcludeHandler::new);
    host("TrimFunction", TrimHandler::new);
    host("StartScanFunction", StartScanHandler::new);
    host("DueScansFunction", DueScansHandler::new);
  }

  /** The functions that start the state machine can be invoked once it listens. */
  void startScansAt(URI states) {
    clients.statesAt(states);
  }

  /** What a function is made of. */
  Wiring wiring(String function) {
    return new Wiring(deployment.settings(function), clients, telemetry) {
      // An account that is granted already has its External ID; else each connection its own.
      @Override
      public Supplier<ExternalId> externalIds() {
        Supplier<ExternalId> random = super.externalIds();
        return switch (side) {
          case CustomerSide.Sample _ -> random;
          case CustomerSide.Remote remote -> () -> remote.externalId().orElseGet(random);
        };
      }
    };
  }

  /** Invokes a function by its logical id, as {@code FunctionInvoker} says. */
  String invoke(String function, String event) throws IOException {
    Supplier<HostedFunction> maker = known.get(function);
    if (maker == null) {
      throw new IllegalStateException(
          "template.yaml has a function that is not hosted: " + function);
    }
    return hosted.computeIfAbsent(function, _ -> maker.get()).invoke(event);
  }

  private void host(String name, Function<Wiring, RequestStreamHandler> handler) {
    known.put(
        name,
        () -> new HostedFunction(name, deployment.timeout(name), handler.apply(wiring(name))));
  }
}
