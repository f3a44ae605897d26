package io.cloudoperator.sample.apigateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.apigateway.GatewayApi.Backend;
import io.cloudoperator.sample.data.PlantedSecret;
import io.cloudoperator.sample.wire.JsonBody;
import io.cloudoperator.sample.wire.ServiceCall;

/** Version 2's form of each thing, with all that AWS tells besides. Times are in ISO 8601. */
final class HttpJson {

  private HttpJson() {}

  static ObjectNode api(ServiceCall call, GatewayApi api) {
    boolean socket = api.kind() == GatewayApi.Kind.WEBSOCKET;
    ObjectNode node =
        JsonBody.object()
            .put("apiId", api.id())
            .put("name", api.name())
            .put("description", PlantedSecret.of("description"))
            .put("protocolType", api.kind().name())
            .put("apiEndpoint", (socket ? "wss://" : "https://") + api.host())
            .put("createdDate", api.created().toString())
            .put("disableExecuteApiEndpoint", api.executeApiDisabled())
            .put("ipAddressType", "ipv4")
            .put("apiKeySelectionExpression", "$request.header.x-api-key")
            .put(
                "routeSelectionExpression",
                socket ? "$request.body.action" : "$request.method $request.path");
    api.cors()
        .ifPresent(cors -> {
          ObjectNode form = node.putObject("corsConfiguration");
          form.set("allowOrigins", JsonBody.strings(cors.origins()));
          form.set("allowMethods", JsonBody.strings("*"));
          form.put("allowCredentials", cors.credentials()).put("maxAge", 0);
        });
    return GatewayVersion.tagged(node);
  }

  static ObjectNode route(ServiceCall call, GatewayApi.Route route) {
    ObjectNode node =
        JsonBody.object()
            .put("routeId", route.id())
            .put("routeKey", route.key())
            .put("authorizationType", route.authorization())
            .put("apiKeyRequired", route.apiKeyRequired());
    route.authorizerId().ifPresent(id -> node.put("authorizerId", id));
    return route.backend() == Backend.NONE
        ? node
        : node.put("target", "integrations/i" + route.id());
  }

  static ObjectNode integration(ServiceCall call, GatewayApi.Route route) {
    ObjectNode node =
        JsonBody.object()
            .put("integrationId", "i" + route.id())
            .put("payloadFormatVersion", "2.0")
            .put("timeoutInMillis", 30_000)
            .put("connectionType", route.backend() == Backend.VPC_LINK ? "VPC_LINK" : "INTERNET");
    switch (route.backend()) {
      case LAMBDA ->
          node.put("integrationType", "AWS_PROXY")
              .put("integrationMethod", "POST")
              .put(
                  "integrationUri", call.arn("lambda", "function:" + PlantedSecret.of("function")));
      case AWS ->
          node.put("integrationType", "AWS_PROXY")
              .put("integrationSubtype", "EventBridge-PutEvents")
              .put("credentialsArn", call.roleArn(PlantedSecret.of("gateway")));
      case HTTP ->
          node.put("integrationType", "HTTP_PROXY")
              .put("integrationMethod", "ANY")
              .put("integrationUri", "https://" + PlantedSecret.of("origin") + ".example.com/");
      case VPC_LINK ->
          node.put("integrationType", "HTTP_PROXY")
              .put("integrationMethod", "ANY")
              .put("connectionId", "a1b2c3")
              .put(
                  "integrationUri",
                  call.arn(
                      "elasticloadbalancing",
                      "listener/net/core/50dc6c495c0c9188/0467ef3c8400ae65"));
      case MOCK, NONE -> node.put("integrationType", "MOCK");
    }
    node.putObject("requestParameters")
        .put("append:header.x-origin-key", PlantedSecret.of("parameter"));
    return node;
  }

  static ObjectNode stage(ServiceCall call, GatewayApi api, GatewayApi.Stage stage) {
    ObjectNode node =
        JsonBody.object()
            .put("stageName", stage.name())
            .put("createdDate", api.created().toString())
            .put("lastUpdatedDate", stage.updated().toString())
            .put("autoDeploy", stage.name().equals("$default"));
    stage.deploymentId().ifPresent(id -> node.put("deploymentId", id));
    ObjectNode settings =
        node.putObject("defaultRouteSettings").put("detailedMetricsEnabled", false);
    stage
        .rateLimit()
        .ifPresent(
            rate -> settings.put("throttlingBurstLimit", 50).put("throttlingRateLimit", rate));
    node.putObject("routeSettings");
    GatewayVersion.accessLogs(call, stage, node);
    node.putObject("stageVariables").put("backend_token", PlantedSecret.of("stage-variable"));
    return GatewayVersion.tagged(node);
  }

  static ObjectNode authorizer(ServiceCall call, GatewayApi.Authorizer authorizer) {
    ObjectNode node =
        JsonBody.object()
            .put("authorizerId", authorizer.id())
            .put("name", authorizer.name())
            .put("authorizerType", authorizer.type());
    node.set("identitySource", JsonBody.strings("$request.header.Authorization"));
    if (authorizer.issuer().isEmpty()) {
      return node.put(
          "authorizerUri", GatewayVersion.invocation(call, PlantedSecret.of("authorizer")));
    }
    node.putObject("jwtConfiguration")
        .put("issuer", authorizer.issuer().get())
        .set("audience", JsonBody.strings(PlantedSecret.of("audience")));
    return node;
  }

  static ObjectNode domain(ServiceCall call, DomainFacts domain) {
    ObjectNode node =
        JsonBody.object()
            .put("domainName", domain.id())
            .put("apiMappingSelectionExpression", "$request.basepath")
            .put("routingMode", domain.routingMode().name());
    node.putArray("domainNameConfigurations")
        .addObject()
        .put("apiGatewayDomainName", GatewayVersion.target(domain))
        .put("certificateArn", call.certificateArn(call.region()))
        .put("domainNameStatus", "AVAILABLE")
        .put("endpointType", domain.endpoint().name())
        .put("hostedZoneId", "Z1UJRXOUMOOFQ8")
        .put("securityPolicy", domain.securityPolicy());
    GatewayVersion.mutualTls(domain, node);
    return GatewayVersion.tagged(node);
  }

  static ObjectNode mapping(ServiceCall call, DomainFacts.Mapping mapping) {
    return JsonBody.object()
        .put("apiId", mapping.apiId())
        .put("apiMappingId", Integer.toHexString(mapping.hashCode()))
        .put("apiMappingKey", mapping.path())
        .put("stage", mapping.stage());
  }

  static ObjectNode rule(ServiceCall call, DomainFacts domain, DomainFacts.RoutingRule rule) {
    ObjectNode node =
        JsonBody.object()
            .put("routingRuleId", rule.id())
            .put(
                "routingRuleArn",
                call.arn("/domainnames/%s/routingrules/%s".formatted(domain.id(), rule.id())))
            .put("priority", rule.priority());
    ArrayNode conditions = node.putArray("conditions");
    if (!rule.basePaths().isEmpty()) {
      conditions
          .addObject()
          .putObject("matchBasePaths")
          .set("anyOf", JsonBody.strings(rule.basePaths()));
    }
    if (!rule.headers().isEmpty()) {
      conditions
          .addObject()
          .putObject("matchHeaders")
          .set("anyOf", JsonBody.array(rule.headers(), HttpJson::header));
    }
    node.putArray("actions")
        .addObject()
        .putObject("invokeApi")
        .put("apiId", rule.apiId())
        .put("stage", rule.stage())
        .put("stripBasePath", rule.stripBasePath());
    return node;
  }

  private static ObjectNode header(DomainFacts.HeaderMatch match) {
    return JsonBody.object().put("header", match.header()).put("valueGlob", match.valueGlob());
  }

  static ObjectNode vpcLink(ServiceCall call, VpcLinkFacts link) {
    ObjectNode node =
        JsonBody.object()
            .put("vpcLinkId", link.id())
            .put("name", link.name())
            .put("vpcLinkStatus", "AVAILABLE")
            .put("vpcLinkVersion", "V2");
    node.set("securityGroupIds", JsonBody.strings("sg-0a1b2c3d4e5f60718"));
    node.set("subnetIds", JsonBody.strings("subnet-0a1b2c3d4e5f60718"));
    return node;
  }
}
