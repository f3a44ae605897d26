package io.cloudoperator.service.apigateway;

import static java.util.stream.Collectors.toMap;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.NotFound;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiKind;
import io.cloudoperator.inventory.Cors;
import io.cloudoperator.inventory.Integration;
import io.cloudoperator.service.CorsReader;
import io.cloudoperator.service.Turns;
import java.io.IOException;
import java.time.Instant;
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
  private static final String API = "apiId";

  static final ReadOperation<List<HttpApi>> GET_APIS =
      ApiVersion.V2.listing(
          "GetApis",
          "/v2/apis",
          "Names the HTTP and WebSocket APIs, and whether their default endpoint answers.",
          HttpApiReader::api);

  static final ReadOperation<List<FoundRoute>> GET_ROUTES =
      ApiVersion.V2.listing(
          "GetRoutes",
          "/v2/apis/{apiId}/routes",
          "Tells how each route of an HTTP or WebSocket API authorizes its callers.",
          HttpApiReader::route);

  static final ReadOperation<List<FoundIntegration>> GET_INTEGRATIONS =
      ApiVersion.V2.listing(
          "GetIntegrations",
          "/v2/apis/{apiId}/integrations",
          "Tells what kind of backend a route has; no address, parameter or template is kept.",
          HttpApiReader::integration);

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

  /** One that vanishes while it is read is left out: it is not there. */
  static List<HttpApi> read(AwsClient client, Turns turns) {
    return new ApiTurns<>(turns, new Asked(client))
        .read(client.list(GET_APIS, Map.of(), HttpApi::id));
  }

  /** No call is made that could say nothing new: each is one of the customer's. */
  private static final class Asked implements ApiTurns.Questions<HttpApi> {
    private final AwsClient client;

    private Asked(AwsClient client) {
      this.client = client;
    }

    @Override
    public ApiKind kind(HttpApi listed) {
      return ApiGateway.kind(listed);
    }

    @Override
    public String id(HttpApi listed) {
      return listed.id();
    }

    @Override
    public List<StageReader.Found> stages(HttpApi listed) {
      return StageReader.read(client, StageReader.GET_STAGES_OF_HTTP_API, Map.of(API, listed.id()));
    }

    @Override
    public HttpApi whole(HttpApi listed, Optional<List<StageReader.Found>> known) {
      Map<String, String> id = Map.of(API, listed.id());
      List<FoundRoute> routes = client.list(GET_ROUTES, id, FoundRoute::key);
      List<String> keys = routes.stream().map(FoundRoute::key).toList();
      List<Stage> stages = StageReader.serving(known.orElseGet(() -> stages(listed)), keys);
      Map<String, Integration> integrations =
          routes.stream().noneMatch(route -> route.integrationId().isPresent())
              ? Map.of()
              : client.list(GET_INTEGRATIONS, id).stream()
                  .collect(toMap(FoundIntegration::id, FoundIntegration::kind, (_, last) -> last));
      List<Authorizer> authorizers =
          routes.stream()
              .flatMap(route -> route.authorizerId().stream())
              .distinct()
              .flatMap(authorizer -> authorizer(client, listed, authorizer).stream())
              .toList();
      return listed.with(
          routes.stream()
              .map(route ->
                  route.with(
                      route
                          .integrationId()
                          .map(integration ->
                              integrations.getOrDefault(integration, Integration.OTHER))
                          .orElse(Integration.NONE)))
              .toList(),
          stages,
          authorizers,
          Optional.empty());
    }

    @Override
    public HttpApi withStages(HttpApi listed, List<StageReader.Found> stages, Api earlier) {
      List<String> keys = earlier.routes().stream().map(EarlierDetails::key).toList();
      return listed.with(
          List.of(), StageReader.serving(stages, keys), List.of(), Optional.of(Partly.STAGES));
    }

    @Override
    public HttpApi asListed(HttpApi listed) {
      return listed.with(List.of(), List.of(), List.of(), Optional.of(Partly.LISTED));
    }

    @Override
    public boolean partly(HttpApi read) {
      return read.partly().isPresent();
    }
  }

  private static Optional<Authorizer> authorizer(AwsClient client, HttpApi api, String id) {
    return NotFound.unless(() ->
        client.read(
            AuthorizerReader.GET_AUTHORIZER,
            Map.of(API, api.id(), AuthorizerReader.AUTHORIZER, id)));
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
        protocol.equals("WEBSOCKET") ? HttpApi.Protocol.WEBSOCKET : HttpApi.Protocol.HTTP,
        created,
        disabled,
        cors,
        List.of(),
        List.of(),
        List.of());
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
}
