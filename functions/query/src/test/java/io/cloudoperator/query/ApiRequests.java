package io.cloudoperator.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.inventory.Catalog;
import io.cloudoperator.json.Json;
import io.cloudoperator.service.ApiKinds;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests to the routes of APIs, each answer held against the contract. */
final class ApiRequests {
  static final String APIS = "/apis";
  static final String CHANGES = "/apis/changes";
  static final String OPENAPI = "/apis/openapi";
  static final String CATALOG = "/apis/catalog";

  private final Deployment deployment;

  ApiRequests(Deployment deployment) {
    this.deployment = deployment;
  }

  static Catalog.Entry byId(String id) {
    return new Catalog.Entry(Optional.of(ApiKinds.id(id)), Optional.empty(), List.of());
  }

  static Catalog.Entry byHost(String host, String... routes) {
    return new Catalog.Entry(Optional.empty(), Optional.of(host), List.of(routes));
  }

  APIGatewayV2HTTPResponse get(Connection connection, String route, Map<String, String> query)
      throws Exception {
    return get(connection.tenant(), connection, route, query);
  }

  APIGatewayV2HTTPResponse get(
      TenantId tenant, Connection connection, String route, Map<String, String> query)
      throws Exception {
    String key = "GET /connections/{connectionId}" + route;
    APIGatewayV2HTTPResponse answer = deployment.handle(event(tenant, connection, key, query));
    deployment.contract().assertAllows(key, answer);
    return answer;
  }

  static APIGatewayV2HTTPEvent event(
      TenantId tenant, Connection connection, String key, Map<String, String> query) {
    APIGatewayV2HTTPEvent event = Deployment.event("query.json");
    event.setRouteKey(key);
    event.setPathParameters(Map.of("connectionId", connection.id().value()));
    event.setQueryStringParameters(query);
    event.getRequestContext().getAuthorizer().getJwt().getClaims().put("sub", tenant.value());
    return event;
  }

  static JsonNode body(APIGatewayV2HTTPResponse answer) throws Exception {
    assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(200);
    return Json.STRICT.readTree(answer.getBody());
  }

  static List<String> ids(JsonNode page) {
    return page.get("items").valueStream().map(api -> api.get("id").asText()).toList();
  }

  static void assertProblem(APIGatewayV2HTTPResponse answer, int status, String code)
      throws Exception {
    assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(status);
    assertThat(Json.STRICT.readTree(answer.getBody()).at("/code").asText()).isEqualTo(code);
  }
}
