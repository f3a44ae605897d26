package io.cloudoperator.sample.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.cloudoperator.sample.control.Fault;
import io.cloudoperator.sample.control.Faults;
import io.cloudoperator.sample.control.Latency;
import io.cloudoperator.sample.control.LoggedRequest;
import io.cloudoperator.sample.control.RequestLog;
import io.cloudoperator.sample.iam.Caller;
import io.cloudoperator.sample.iam.IamDirectory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes each request to its service: by the credential scope, as the endpoint's name is no help.
 */
final class Gateway implements HttpHandler {

  private static final System.Logger LOG = System.getLogger(Gateway.class.getName());

  private final Map<ServiceName, Service> services;
  private final Authenticator authenticator;
  private final Faults faults;
  private final Latency latency;
  private final RequestLog log;
  private final Recorder recorder;
  private final InstantSource clock;
  // At most as many as there are ports.
  private final Set<InetSocketAddress> connected = ConcurrentHashMap.newKeySet();

  Gateway(
      Map<ServiceName, Service> services,
      IamDirectory directory,
      RegionAccess regions,
      Faults faults,
      Latency latency,
      RequestLog log,
      Recorder recorder,
      InstantSource clock) {
    this.services = Map.copyOf(services);
    this.authenticator = new Authenticator(directory, regions, clock);
    this.faults = faults;
    this.latency = latency;
    this.log = log;
    this.recorder = recorder;
    this.clock = clock;
  }

  /** What is known of a request while it is being answered. */
  private static final class Progress {
    ServiceName service = ServiceName.STS;
    String requestId = RequestIds.next(ServiceName.STS);
    String operation = "";
    String region = "";
    String accessKeyId = "";
    String errorCode = "";
    boolean truncated;
    Optional<Caller> caller = Optional.empty();
    Map<String, String> parameters = Map.of();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Progress progress = new Progress();
    Reply reply;
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
    AnswerWriter.send(exchange, reply, progress.service, progress.requestId, progress.truncated);
  }

  /**
   * @param first on its connection
   */
  private Reply answer(WireRequest request, boolean first, Progress progress) {
    String header = request.header("Authorization").orElse("");
    Optional<SigV4.Authorization> authorization = SigV4.Authorization.parse(header);
    ServiceName service =
        authorization
            .map(each ->
                ServiceName.ofSigningName(each.service())
                    .orElseThrow(() ->
                        new AwsError(
                            400,
                            "UnknownService",
                            "The sample AWS has no service " + each.service())))
            .orElseGet(() -> guess(request));
    progress.service = service;
    progress.requestId = RequestIds.next(service);
    if (authorization.isEmpty()) {
      throw header.isEmpty()
          ? AuthErrors.missing(service)
          : AuthErrors.malformed(service, "Authorization header is not AWS4-HMAC-SHA256");
    }
    progress.region = authorization.get().region();
    progress.accessKeyId = authorization.get().accessKeyId();
    if (first) {
      pause(latency.toConnect(progress.region));
    }
    pause(latency.of(progress.region));
    Service called = services.get(service);
    if (called == null) {
      throw new AwsError(400, "UnknownService", "The sample AWS has no service " + service);
    }
    Call.Operation operation = called.decode(request);
    progress.operation = operation.name();
    progress.parameters = loggedParameters(service, request, operation);
    Caller caller = authenticator.authenticate(request, authorization.get(), service);
    progress.caller = Optional.of(caller);
    Optional<Fault> fault = faults.take(service.signingName(), operation.name(), progress.region);
    if (fault.isPresent()) {
      if (fault.get().kind() == Fault.Kind.ERROR) {
        throw new AwsError(fault.get().status(), fault.get().code(), fault.get().message());
      }
      progress.truncated = true;
    }
    return called.answer(new Call(request, operation, progress.region, caller, progress.requestId));
  }

  /** Those of KMS are secrets; where a path names what is asked for, it is one of them. */
  private static Map<String, String> loggedParameters(
      ServiceName service, WireRequest request, Call.Operation operation) {
    return switch (service) {
      case KMS, S3, CLOUDTRAIL -> Map.of();
      case STS, EC2, ELASTICLOADBALANCING, IAM -> operation.params().asMap();
      case APIGATEWAY, LAMBDA, APPSYNC, CLOUDFRONT -> {
        Map<String, String> parameters = new HashMap<>(operation.params().asMap());
        parameters.put("path", request.rawPath());
        yield parameters;
      }
    };
  }

  /** Without a credential scope only the protocol tells the service. */
  private static ServiceName guess(WireRequest request) {
    if (request.header("X-Amz-Target").isPresent()) {
      return ServiceName.KMS;
    }
    String version = Params.parse(request.rawQuery(), request.bodyText()).get("Version").orElse("");
    return switch (version) {
      case "2016-11-15" -> ServiceName.EC2;
      case "2011-06-15" -> ServiceName.STS;
      default -> ServiceName.S3;
    };
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
    progress.caller.ifPresent(caller -> recorder.record(request, caller));
  }
}
