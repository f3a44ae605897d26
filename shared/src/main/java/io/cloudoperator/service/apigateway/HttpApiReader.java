package io.cloudoperator.service.apigateway;

import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.inventory.Cors;
import io.cloudoperator.inventory.Integration;
import io.cloudoperator.service.CorsReader;
import io.cloudoperator.service.apigateway.HttpApi.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads HTTP and WebSocket APIs and what they are made of. Integrations' addresses, parameters and
 * templates, stage variables, descriptions and tags are skipped unread, or looked at and dropped.
 *
 * @see <a href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html">Apis</a>
 */
final class HttpApiReader {
  private static final String ITEMS = "items";
  private static final String NEXT_TOKEN = "nextToken";

  // A stage that deploys by itself whatever changes has a deployment, even where it is not named.
  private static final String AUTOMATIC = "automatic";

  private HttpApiReader() {}

  /** A route, and which integration it leads to. */
  record FoundRoute(
      String key,
      String authorizationType,
      Optional<String> authorizerId,
      boolean apiKeyRequired,
      Optional<String> integrationId) {
    HttpApi.Route with(Integration integration) {
      return new HttpApi.Route(key, authorizationType, authorizerId, apiKeyRequired, integration);
    }
  }

  /** An integration by its id. */
  record FoundIntegration(String id, Integration kind) {}

  /** The APIs, without what they are made of. */
  static Page<List<HttpApi>> apis(InputStream answer) throws IOException {
    return JsonPages.page(answer, ITEMS, NEXT_TOKEN, HttpApiReader::api);
  }

  private static HttpApi api(JsonReader json) throws IOException {
    String id = "";
    String name = "";
    String protocol = "";
    Optional<Instant> created = Optional.empty();
    boolean disabled = false;
    Optional<Cors> cors = Optional.empty();
    for (int api = json.enterObject(); json.next(api); ) {
      switch (json.name()) {
        case "apiId" -> id = json.text();
        case "name" -> name = json.text();
        case "protocolType" -> protocol = json.text();
        case "createdDate" -> created = json.time();
        case "disableExecuteApiEndpoint" -> disabled = json.flag();
        case "corsConfiguration" -> cors = CorsReader.read(json);
        default -> {}
      }
    }
    return new HttpApi(
        JsonPages.required(id),
        name,
        // One that is not known yet is looked at route by route, as HTTP is.
        protocol.equals("WEBSOCKET") ? Protocol.WEBSOCKET : Protocol.HTTP,
        created,
        disabled,
        cors,
        List.of(),
        List.of(),
        List.of());
  }

  static Page<List<FoundRoute>> routes(InputStream answer) throws IOException {
    return JsonPages.page(answer, ITEMS, NEXT_TOKEN, HttpApiReader::route);
  }

  private static FoundRoute route(JsonReader json) throws IOException {
    String key = "";
    String authorization = "";
    Optional<String> authorizer = Optional.empty();
    boolean apiKey = false;
    String target = "";
    for (int route = json.enterObject(); json.next(route); ) {
      switch (json.name()) {
        case "routeKey" -> key = json.text();
        case "authorizationType" -> authorization = json.text();
        case "authorizerId" -> authorizer = json.someText();
        case "apiKeyRequired" -> apiKey = json.flag();
        case "target" -> target = json.text();
        default -> {}
      }
    }
    return new FoundRoute(
        JsonPages.required(key),
        authorization.isEmpty() ? "NONE" : authorization,
        authorizer,
        apiKey,
        // integrations/abc123
        Optional.of(target.substring(target.indexOf('/') + 1)).filter(id -> !id.isEmpty()));
  }

  static Page<List<FoundIntegration>> integrations(InputStream answer) throws IOException {
    return JsonPages.page(answer, ITEMS, NEXT_TOKEN, HttpApiReader::integration);
  }

  private static FoundIntegration integration(JsonReader json) throws IOException {
    String id = "";
    String type = "";
    String subtype = "";
    String connection = "";
    boolean lambda = false;
    for (int integration = json.enterObject(); json.next(integration); ) {
      switch (json.name()) {
        case "integrationId" -> id = json.text();
        case "integrationType" -> type = json.text();
        case "integrationSubtype" -> subtype = json.text();
        case "connectionType" -> connection = json.text();
        case "integrationUri" -> lambda = isLambda(json.text());
        default -> {}
      }
    }
    return new FoundIntegration(
        JsonPages.required(id),
        switch (type) {
          case "AWS_PROXY" -> subtype.isEmpty() ? Integration.LAMBDA : Integration.AWS;
          case "AWS" -> lambda ? Integration.LAMBDA : Integration.AWS;
          case "HTTP", "HTTP_PROXY" ->
              connection.equals("VPC_LINK") ? Integration.VPC_LINK : Integration.HTTP;
          case "MOCK" -> Integration.MOCK;
          default -> Integration.OTHER;
        });
  }

  /**
   * Whether it is the ARN of a function, or of Lambda's own action to invoke one.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html">integrationUri</a>
   */
  private static boolean isLambda(String uri) {
    // arn:aws:apigateway:REGION:lambda:path/…
    String[] parts = uri.split(":", 6);
    return parts.length == 6
        && (parts[2].equals("lambda")
            || (parts[2].equals("apigateway") && parts[4].equals("lambda")));
  }

  static Page<List<FoundStage>> stages(InputStream answer) throws IOException {
    return JsonPages.page(answer, ITEMS, NEXT_TOKEN, HttpApiReader::stage);
  }

  private static FoundStage stage(JsonReader json) throws IOException {
    String name = "";
    Optional<String> deployment = Optional.empty();
    boolean automatic = false;
    Optional<Instant> updated = Optional.empty();
    boolean accessLogs = false;
    Optional<Double> ofAll = Optional.empty();
    Map<String, Optional<Double>> ofRoutes = new HashMap<>();
    for (int stage = json.enterObject(); json.next(stage); ) {
      switch (json.name()) {
        case "stageName" -> name = json.text();
        case "deploymentId" -> deployment = json.someText();
        case "autoDeploy" -> automatic = json.flag();
        case "lastUpdatedDate" -> updated = json.time();
        case "accessLogSettings" -> {
          for (int settings = json.enterObject(); json.next(settings); ) {
            if (json.name().equals("destinationArn")) {
              accessLogs = !json.text().isEmpty();
            }
          }
        }
        case "defaultRouteSettings" -> ofAll = rate(json);
        case "routeSettings" -> {
          for (int each = json.enterObject(); json.next(each); ) {
            String route = json.name();
            rate(json).ifPresent(limit -> ofRoutes.put(route, Optional.of(limit)));
          }
        }
        default -> {}
      }
    }
    return new FoundStage(
        new Stage(
            JsonPages.required(name),
            deployment.isEmpty() && automatic ? Optional.of(AUTOMATIC) : deployment,
            updated,
            accessLogs,
            Optional.empty(),
            // WAF protects no HTTP API and no WebSocket API.
            Optional.empty()),
        new RouteLimits(ofAll, ofRoutes));
  }

  private static Optional<Double> rate(JsonReader json) throws IOException {
    Optional<Double> rate = Optional.empty();
    for (int settings = json.enterObject(); json.next(settings); ) {
      if (json.name().equals("throttlingRateLimit")) {
        rate = json.number().filter(perSecond -> perSecond >= 0);
      }
    }
    return rate;
  }

  /** One authorizer. */
  static Page<Authorizer> authorizer(InputStream answer) throws IOException {
    JsonReader json = JsonReader.open(answer);
    String id = "";
    String name = "";
    String type = "";
    Optional<String> issuer = Optional.empty();
    for (int authorizer = json.enterObject(); json.next(authorizer); ) {
      switch (json.name()) {
        case "authorizerId" -> id = json.text();
        case "name" -> name = json.text();
        case "authorizerType" -> type = json.text();
        case "jwtConfiguration" -> {
          for (int jwt = json.enterObject(); json.next(jwt); ) {
            if (json.name().equals("issuer")) {
              issuer = json.someText();
            }
          }
        }
        default -> {}
      }
    }
    return new Page<>(new Authorizer(JsonPages.required(id), name, type, issuer), Optional.empty());
  }
}
