package io.cloudoperator.service.apigateway;

import static java.util.stream.Collectors.toMap;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.NotFound;
import io.cloudoperator.aws.RegionClient;
import io.cloudoperator.call.Reading;
import io.cloudoperator.concurrent.ParallelMap;
import io.cloudoperator.inventory.Integration;
import io.cloudoperator.service.apigateway.HttpApiReader.FoundIntegration;
import io.cloudoperator.service.apigateway.HttpApiReader.FoundRoute;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the HTTP and WebSocket APIs of a region. */
public final class HttpApiLister {
  private HttpApiLister() {}

  /** One that vanishes while it is read is left out: it is not there. */
  public static Reading<List<HttpApi>> read(RegionClient aws) {
    return aws.askEach(
        AwsService.APIGATEWAY,
        (client, items) ->
            ParallelMap.each(
                    client.list(HttpApiOperations.GET_APIS, Map.of(), HttpApi::id),
                    api -> items.read(api.id(), () -> whole(client, api)))
                .stream()
                .flatMap(Optional::stream)
                .toList());
  }

  /** No call is made that could say nothing new: each is one of the customer's. */
  private static HttpApi whole(AwsClient client, HttpApi api) {
    Map<String, String> id = Map.of(HttpApiOperations.API, api.id());
    List<FoundRoute> routes = client.list(HttpApiOperations.GET_ROUTES, id, FoundRoute::key);
    List<String> keys = routes.stream().map(FoundRoute::key).toList();
    List<Stage> stages =
        client.list(HttpApiOperations.GET_STAGES, id, found -> found.stage().name()).stream()
            .map(found -> found.serving(keys))
            .toList();
    Map<String, Integration> integrations =
        routes.stream().noneMatch(route -> route.integrationId().isPresent())
            ? Map.of()
            : client.list(HttpApiOperations.GET_INTEGRATIONS, id).stream()
                .collect(toMap(FoundIntegration::id, FoundIntegration::kind, (_, last) -> last));
    List<Authorizer> authorizers =
        routes.stream()
            .flatMap(route -> route.authorizerId().stream())
            .distinct()
            .flatMap(authorizer -> authorizer(client, api, authorizer).stream())
            .toList();
    return new HttpApi(
        api.id(),
        api.name(),
        api.protocol(),
        api.created(),
        api.defaultEndpointDisabled(),
        api.cors(),
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
        authorizers);
  }

  private static Optional<Authorizer> authorizer(AwsClient client, HttpApi api, String id) {
    return NotFound.unless(() ->
        client.read(
            HttpApiOperations.GET_AUTHORIZER,
            Map.of(HttpApiOperations.API, api.id(), HttpApiOperations.AUTHORIZER, id)));
  }
}
