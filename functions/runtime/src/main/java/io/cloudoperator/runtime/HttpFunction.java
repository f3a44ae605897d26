package io.cloudoperator.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.store.stored.UnreadableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * A function behind an HTTP API: hands each event of payload format 2.0 to its route, and turns
 * whatever comes of it into an answer. It never throws for what a caller sent, and no answer tells
 * of our insides.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">Payload
 *     format 2.0</a>
 */
public final class HttpFunction {
  private final Routes routes;
  private final TenantClaims tenantClaims;
  private final InstantSource clock;
  private final Telemetry telemetry;
  private final LogLimit refusals = new LogLimit();

  /** Their own: whoever is refused often hides no failure. Each of these is among the former. */
  private final LogLimit failures = new LogLimit();

  /**
   * A function of these routes.
   *
   * @param tenantClaims the claims of a verified token that name the tenant
   */
  public HttpFunction(
      Routes routes, TenantClaims tenantClaims, InstantSource clock, Telemetry telemetry) {
    this.routes = routes;
    this.tenantClaims = tenantClaims;
    this.clock = clock;
    this.telemetry = telemetry;
  }

  public APIGatewayV2HTTPResponse handle(APIGatewayV2HTTPEvent event, Context context) {
    return telemetry.invocation(
        context,
        () -> {
          long begun = System.nanoTime();
          tellOfUnlogged();
          String requestId = requestId(event, context);
          telemetry.about(Telemetry.Key.REQUEST, requestId);
          ApiResponse reply = answered(event, requestId);
          telemetry.about(Telemetry.Key.STATUS, reply.status());
          telemetry.about(
              Telemetry.Key.DURATION_MS, Duration.ofNanos(System.nanoTime() - begun).toMillis());
          if (reply.status() < 400 || refusals.admits()) {
            telemetry.info(LogEvent.REQUEST_ANSWERED);
          }
          if (reply.status() >= 500) {
            telemetry.measure("ServerErrors", 1, MetricUnit.COUNT);
          }
          return reply.toResponse();
        });
  }

  private void tellOfUnlogged() {
    Instant now = clock.instant();
    int unlogged = refusals.ended(now);
    failures.ended(now);
    if (unlogged > 0) {
      telemetry.counted(LogEvent.REQUESTS_UNLOGGED, unlogged);
    }
  }

  /**
   * Answers a request that nobody has sent, of a tenant that nobody is: the route, what it reads
   * and its answer are warm then. It is for requests that change nothing.
   *
   * @param path the parameters in the route's path
   * @throws IllegalStateException if it would have been answered with 5xx
   */
  public void rehearse(String route, Map<String, String> path, String body) {
    try {
      APIGatewayV2HTTPEvent event = madeUp(route, path, body);
      ApiResponse reply = answered(event, "priming");
      HttpEvents.rehearse(event, reply.toResponse());
      if (reply.status() >= 500) {
        throw new IllegalStateException(route + " is answered with " + reply.status());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      telemetry.forget();
    }
  }

  private APIGatewayV2HTTPEvent madeUp(String route, Map<String, String> path, String body) {
    var jwt =
        APIGatewayV2HTTPEvent.RequestContext.Authorizer.JWT
            .builder()
            .withClaims(Map.of(tenantClaims.claim(), "priming"))
            .build();
    return APIGatewayV2HTTPEvent.builder()
        .withRouteKey(route)
        .withPathParameters(path)
        .withHeaders(Map.of("content-type", "application/json"))
        .withBody(body)
        .withRequestContext(
            APIGatewayV2HTTPEvent.RequestContext.builder()
                .withAuthorizer(
                    APIGatewayV2HTTPEvent.RequestContext.Authorizer.builder().withJwt(jwt).build())
                .build())
        .build();
  }

  private ApiResponse answered(APIGatewayV2HTTPEvent event, String requestId) {
    try {
      Request request = new Request(event, tenantClaims);
      Routes.Route route = routes.of(request.route());
      telemetry.about(Telemetry.Key.ROUTE, request.route());
      if (!route.open()) {
        telemetry.about(Telemetry.Key.TENANT, request.tenant());
      }
      request.connectionIfAny().ifPresent(id -> telemetry.about(Telemetry.Key.CONNECTION, id));
      ApiResponse answer = route.answer(request, clock.instant());
      if (!AnswerSize.fits(answer.body())) {
        throw new IllegalStateException("an answer is larger than Lambda's");
      }
      return answer;
    } catch (ProblemException e) {
      return ApiResponse.problem(e.problem());
    } catch (UnreadableException e) {
      // Who read it has logged it, and set off the alarm.
      return ApiResponse.problem(
          Problem.of(
              ProblemCode.STORED_UNREADABLE,
              "For this, "
                  + e.getMessage()
                  + ": it is damaged, or another release of ours wrote it. Our operator has been"
                  + " told. A connection that cannot be read can be deleted all the same."));
    } catch (RuntimeException | StackOverflowError e) {
      if (failures.admits()) {
        telemetry.failed(LogEvent.REQUEST_FAILED, e);
      }
      return ApiResponse.problem(
          Problem.of(
                  ProblemCode.INTERNAL,
                  "The request failed on our side. The operator finds it in the logs by requestId.")
              .with("requestId", requestId));
    }
  }

  private static String requestId(APIGatewayV2HTTPEvent event, Context context) {
    return Optional.ofNullable(event.getRequestContext())
        .map(APIGatewayV2HTTPEvent.RequestContext::getRequestId)
        .orElseGet(context::getAwsRequestId);
  }
}
