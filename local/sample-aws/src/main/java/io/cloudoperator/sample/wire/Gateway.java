package io.cloudoperator.sample.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.cloudoperator.sample.control.Fault;
import io.cloudoperator.sample.control.Faults;
import io.cloudoperator.sample.control.Latency;
import io.cloudoperator.sample.control.LoggedRequest;
import io.cloudoperator.sample.control.RequestLog;
import io.cloudoperator.sample.data.SampleAccount;
import io.cloudoperator.sample.iam.Caller;
import io.cloudoperator.sample.iam.IamDirectory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Takes each request to its service: by the credential scope, as the endpoint's name is no help.
 */
public final class Gateway implements HttpHandler {

  private static final System.Logger LOG = System.getLogger(Gateway.class.getName());

  private final Map<String, Service> services;
  private final Function<String, SampleAccount> accounts;
  private final Paging paging;
  private final Authenticator authenticator;
  private final Faults faults;
  private final Latency latency;
  private final RequestLog log;
  private final BiConsumer<LoggedRequest, Caller> recorder;
  private final InstantSource clock;
  // At most as many as there are ports.
  private final Set<InetSocketAddress> connected = ConcurrentHashMap.newKeySet();

  /**
   * A gateway.
   *
   * @param services the first of a protocol is taken for a request that names none
   * @param accounts what the account of an id holds
   * @param recorder is told of each request whose sender is known, before its answer is sent
   */
  public Gateway(
      List<Service> services,
      Function<String, SampleAccount> accounts,
      Paging paging,
      IamDirectory directory,
      Faults faults,
      Latency latency,
      RequestLog log,
      BiConsumer<LoggedRequest, Caller> recorder,
      InstantSource clock) {
    Map<String, Service> byName = new LinkedHashMap<>();
    services.forEach(each -> byName.put(each.signingName(), each));
    this.services = byName;
    this.accounts = accounts;
    this.paging = paging;
    this.authenticator = new Authenticator(directory, accounts, clock);
    this.faults = faults;
    this.latency = latency;
    this.log = log;
    this.recorder = recorder;
    this.clock = clock;
  }

  /** What is known of a request while it is being answered. */
  private static final class Progress {
    Service service;
    String requestId;
    String operation = "";
    String region = "";
    String accessKeyId = "";
    String errorCode = "";
    boolean truncated;
    Optional<Caller> caller = Optional.empty();
    Map<String, String> parameters = Map.of();

    Progress(Service service) {
      this.service = service;
      this.requestId = service.protocol().requestId();
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Progress progress = new Progress(any(each -> each.protocol() == Protocol.QUERY));
    WireResponse reply;
    boolean first = connected.add(exchange.getRemoteAddress());
    try {
      reply = answer(WireRequest.read(exchange), first, progress);
    } catch (AwsError e) {
      progress.errorCode = e.code();
      reply = ErrorForm.render(progress.service, e, progress.requestId);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "sample AWS failed", e);
      progress.errorCode = "InternalFailure";
      reply =
          ErrorForm.render(
              progress.service,
              new AwsError(500, "InternalFailure", "The sample AWS failed: " + e),
              progress.requestId);
    }
    record(progress, reply.status());
    AnswerWriter.send(
        exchange, reply, progress.service.protocol(), progress.requestId, progress.truncated);
  }

  /**
   * @param first on its connection
   */
  private WireResponse answer(WireRequest request, boolean first, Progress progress) {
    String header = request.header("Authorization").orElse("");
    Optional<SigV4.Authorization> authorization = SigV4.Authorization.parse(header);
    Service service =
        authorization.isEmpty() ? guess(request) : named(authorization.get().service());
    progress.service = service;
    progress.requestId = service.protocol().requestId();
    if (authorization.isEmpty()) {
      throw (header.isEmpty() ? AuthError.MISSING : AuthError.MALFORMED).in(service.protocol());
    }
    progress.region = authorization.get().region();
    progress.accessKeyId = authorization.get().accessKeyId();
    if (first) {
      pause(latency.toConnect(progress.region));
    }
    pause(latency.of(progress.region));
    Operation operation = service.decode(request);
    Params params = service.protocol().params(request);
    progress.operation = operation.name();
    progress.parameters = loggedParameters(service.protocol(), request, params);
    Caller caller = authenticator.authenticate(request, authorization.get(), service.protocol());
    progress.caller = Optional.of(caller);
    Optional<Fault> fault = faults.take(service.signingName(), operation.name(), progress.region);
    if (fault.isPresent()) {
      if (fault.get().kind() == Fault.Kind.ERROR) {
        throw new AwsError(fault.get().status(), fault.get().code(), fault.get().message());
      }
      progress.truncated = true;
    }
    return service.answer(
        new ServiceCall(
            service,
            request,
            operation,
            params,
            progress.region,
            caller,
            accounts.apply(caller.accountId()),
            paging,
            progress.requestId));
  }

  private Service named(String signingName) {
    Service service = services.get(signingName);
    if (service == null) {
      throw new AwsError(400, "UnknownService", "The sample AWS has no service " + signingName);
    }
    return service;
  }

  /** Documents may hold secrets; where a path names what is asked for, it is a parameter. */
  private static Map<String, String> loggedParameters(
      Protocol protocol, WireRequest request, Params params) {
    return switch (protocol) {
      case JSON, S3 -> Map.of();
      case QUERY, EC2 -> params.asMap();
      case REST_XML, REST_JSON -> {
        Map<String, String> parameters = new HashMap<>(params.asMap());
        parameters.put("path", request.rawPath());
        yield parameters;
      }
    };
  }

  /** Without a credential scope only the protocol tells the service. */
  private Service guess(WireRequest request) {
    if (request.header("X-Amz-Target").isPresent()) {
      return any(each -> each.protocol() == Protocol.JSON);
    }
    Optional<String> version = Params.parse(request.rawQuery(), request.bodyText()).get("Version");
    return version.isPresent()
        ? any(each -> each.version().equals(version.get()))
        : any(each -> each.protocol() == Protocol.S3);
  }

  private Service any(Predicate<Service> wanted) {
    return services.values().stream()
        .filter(wanted)
        .findFirst()
        .orElse(services.values().iterator().next());
  }

  private static void pause(Duration duration) {
    if (!duration.isZero()) {
      try {
        Thread.sleep(duration);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AwsError(503, "ServiceUnavailable", "The sample AWS is stopping");
      }
    }
  }

  private void record(Progress progress, int status) {
    LoggedRequest request =
        new LoggedRequest(
            clock.instant(),
            progress.service.signingName(),
            progress.operation,
            progress.region,
            progress.accessKeyId,
            status,
            progress.errorCode,
            progress.requestId,
            progress.parameters);
    log.add(request);
    progress.caller.ifPresent(caller -> recorder.accept(request, caller));
  }
}
