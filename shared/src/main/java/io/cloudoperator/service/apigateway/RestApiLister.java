package io.cloudoperator.service.apigateway;

import static java.util.stream.Collectors.toSet;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.RegionClient;
import io.cloudoperator.call.Reading;
import io.cloudoperator.concurrent.ParallelMap;
import io.cloudoperator.inventory.Integration;
import io.cloudoperator.service.apigateway.RestApi.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the REST APIs of a region. */
public final class RestApiLister {
  private RestApiLister() {}

  /** One that vanishes while it is read is left out: it is not there. */
  public static Reading<List<RestApi>> read(RegionClient aws) {
    return aws.askEach(
        AwsService.APIGATEWAY,
        (client, items) ->
            ParallelMap.each(
                    client.list(RestApiOperations.GET_REST_APIS, Map.of(), RestApi::id),
                    api -> items.read(api.id(), () -> whole(client, api)))
                .stream()
                .flatMap(Optional::stream)
                .toList());
  }

  /** Authorizers are asked for only where a method refers to one: each call is the customer's. */
  private static RestApi whole(AwsClient client, RestApi api) {
    Map<String, String> id = Map.of(RestApiOperations.API, api.id());
    List<Method> methods = client.list(RestApiOperations.GET_RESOURCES, id, RestApiLister::key);
    List<String> limited =
        methods.stream().filter(method -> !preflight(method)).map(RestApiLister::key).toList();
    List<Stage> stages =
        client.list(RestApiOperations.GET_STAGES, id, found -> found.stage().name()).stream()
            .map(found -> found.serving(limited))
            .toList();
    Set<String> used =
        methods.stream().flatMap(method -> method.authorizerId().stream()).collect(toSet());
    List<Authorizer> authorizers =
        used.isEmpty()
            ? List.of()
            : client.list(RestApiOperations.GET_AUTHORIZERS, id).stream()
                .filter(authorizer -> used.contains(authorizer.id()))
                .toList();
    return new RestApi(
        api.id(),
        api.name(),
        api.created(),
        api.endpointType(),
        api.defaultEndpointDisabled(),
        api.tlsPolicy(),
        api.resourcePolicy(),
        methods,
        stages,
        authorizers);
  }

  private static String key(Method method) {
    return RouteLimits.key(method.httpMethod(), method.path());
  }

  /** What API Gateway answers by itself needs no limit: it costs no backend anything. */
  private static boolean preflight(Method method) {
    return method.httpMethod().equals("OPTIONS") && method.integration() == Integration.MOCK;
  }
}
