package io.cloudoperator.service.apigateway;

import static java.util.stream.Collectors.toSet;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiKind;
import io.cloudoperator.inventory.Integration;
import io.cloudoperator.service.Turns;
import io.cloudoperator.service.apigateway.RestApi.Method;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the REST APIs of a region, as version 1 of API Gateway's API lists them.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/api/API_RestApi.html">RestApi</a>
 */
public final class RestApiReader {
  public static final String API = "restapi_id";

  public static final ReadOperation<List<RestApi>> GET_REST_APIS =
      ApiVersion.V1.listing(
          "GetRestApis",
          "/restapis",
          "Names the REST APIs and their endpoints; of a resource policy, only its kind is kept.",
          RestApiReader::api);

  private RestApiReader() {}

  /** One that vanishes while it is read is left out: it is not there. */
  static List<RestApi> read(AwsClient client, Turns turns) {
    return new ApiTurns<>(turns, new Asked(client))
        .read(client.list(GET_REST_APIS, Map.of(), RestApi::id));
  }

  /** Authorizers are asked for only where a method refers to one: each call is the customer's. */
  private static final class Asked implements ApiTurns.Questions<RestApi> {
    private final AwsClient client;

    private Asked(AwsClient client) {
      this.client = client;
    }

    @Override
    public ApiKind kind(RestApi listed) {
      return ApiGateway.REST;
    }

    @Override
    public String id(RestApi listed) {
      return listed.id();
    }

    @Override
    public List<StageReader.Found> stages(RestApi listed) {
      return StageReader.read(client, StageReader.GET_STAGES, Map.of(API, listed.id()));
    }

    @Override
    public RestApi whole(RestApi listed, Optional<List<StageReader.Found>> known) {
      Map<String, String> id = Map.of(API, listed.id());
      List<Method> methods = client.list(RestMethodReader.GET_RESOURCES, id, RestApiReader::key);
      List<String> limited =
          methods.stream().filter(method -> !preflight(method)).map(RestApiReader::key).toList();
      List<Stage> stages = StageReader.serving(known.orElseGet(() -> stages(listed)), limited);
      Set<String> used =
          methods.stream().flatMap(method -> method.authorizerId().stream()).collect(toSet());
      List<Authorizer> authorizers =
          used.isEmpty()
              ? List.of()
              : client.list(AuthorizerReader.GET_AUTHORIZERS, id).stream()
                  .filter(authorizer -> used.contains(authorizer.id()))
                  .toList();
      return listed.with(methods, stages, authorizers, Optional.empty());
    }

    @Override
    public RestApi withStages(RestApi listed, List<StageReader.Found> stages, Api earlier) {
      List<String> limited =
          earlier.routes().stream()
              .filter(route -> !route.preflight())
              .map(route -> RouteLimits.key(route.method(), route.path()))
              .toList();
      return listed.with(
          List.of(), StageReader.serving(stages, limited), List.of(), Optional.of(Partly.STAGES));
    }

    @Override
    public RestApi asListed(RestApi listed) {
      return listed.with(List.of(), List.of(), List.of(), Optional.of(Partly.LISTED));
    }

    @Override
    public boolean partly(RestApi read) {
      return read.partly().isPresent();
    }
  }

  private static String key(Method method) {
    return RouteLimits.key(method.httpMethod(), method.path());
  }

  /** What API Gateway answers by itself needs no limit: it costs no backend anything. */
  private static boolean preflight(Method method) {
    return method.httpMethod().equals("OPTIONS") && method.integration() == Integration.MOCK;
  }

  private static RestApi api(JsonReader json) throws IOException {
    String id = "";
    String name = "";
    Optional<Instant> created = Optional.empty();
    EndpointType endpointType = EndpointType.EDGE;
    boolean defaultEndpointDisabled = false;
    Optional<String> tlsPolicy = Optional.empty();
    ResourcePolicy policy = ResourcePolicy.NONE;
    for (int api = json.enterObject(); json.next(api); ) {
      switch (json.name()) {
        case "id" -> id = json.text();
        case "name" -> name = json.text();
        case "createdDate" -> created = json.time();
        case "endpointConfiguration" ->
            endpointType = EndpointType.widest(endpointTypes(json), EndpointType.EDGE);
        case "disableExecuteApiEndpoint" -> defaultEndpointDisabled = json.flag();
        case "securityPolicy" -> tlsPolicy = json.someText();
        case "policy" -> policy = ResourcePolicyReader.kind(json);
        default -> {}
      }
    }
    return new RestApi(
        JsonPages.required(id),
        name,
        created,
        endpointType,
        defaultEndpointDisabled,
        tlsPolicy,
        policy,
        List.of(),
        List.of(),
        List.of());
  }

  /** The types of an endpoint configuration, as AWS names them. */
  static List<String> endpointTypes(JsonReader json) throws IOException {
    List<String> types = new ArrayList<>();
    for (int configuration = json.enterObject(); json.next(configuration); ) {
      if (json.name().equals("types")) {
        types.addAll(json.texts());
      }
    }
    return types;
  }
}
