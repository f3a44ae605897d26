package io.cloudoperator.local.backend;

import io.cloudoperator.json.Json;
import io.cloudoperator.platform.FunctionInvoker;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;

/** The invocations of functions: which routes they answered, and which AWS calls each made. */
final class Invocations {
  private final Map<String, Set<AwsCall>> calls = new ConcurrentHashMap<>();
  private final Set<String> routes = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Optional<Runnable>> atNextStart =
      new AtomicReference<>(Optional.empty());

  /** The same functions, with each invocation noted here. */
  FunctionInvoker noted(FunctionInvoker functions) {
    return (function, event) -> {
      String route = Json.STRICT.readTree(event).path("routeKey").asText();
      if (!route.isEmpty()) {
        routes.add(route);
      }
      return RequestListener.invoke(functions, function, event, request -> note(function, request));
    };
  }

  private void note(String function, SdkRequest request) {
    AwsCall.of(request)
        .forEach(calls.computeIfAbsent(function, _ -> ConcurrentHashMap.newKeySet())::add);
    if (request instanceof StartExecutionRequest) {
      interlude();
    }
  }

  /** Comes between a request to start the state machine and its arrival. */
  void interlude() {
    atNextStart.getAndSet(Optional.empty()).ifPresent(Runnable::run);
  }

  /**
   * Does this when a function next starts the state machine, before the request is sent; what it
   * throws is how the request fails.
   */
  void atNextStart(Runnable interlude) {
    atNextStart.set(Optional.of(interlude));
  }

  /** The calls that a function made. */
  Set<AwsCall> of(String function) {
    return calls.getOrDefault(function, Set.of());
  }

  /** The keys of the routes that were taken. */
  Set<String> routes() {
    return routes;
  }
}
