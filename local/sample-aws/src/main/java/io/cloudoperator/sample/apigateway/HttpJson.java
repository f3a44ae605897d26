package io.cloudoperator.sample.apigateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.data.PlantedSecret;
import io.cloudoperator.sample.wire.JsonBody;
import java.time.Instant;
import java.util.List;

/** Version 2's form of each thing, with all that AWS tells besides. Times are in ISO 8601. */
record HttpJson(String region, String account) {

  ObjectNode api(HttpApiFacts api) {
    boolean socket = api.protocol() == HttpApiFacts.Protocol.WEBSOCKET;
    ObjectNode node =
        JsonBody.object()
            .put("apiId", api.id())
            .put("name", api.name())
            .put("description", PlantedSecret.of("description"))
            .put("protocolType", api.protocol().name())
            .put(
                "apiEndpoint",
                "%s://%s.execute-api.%s.amazonaws.com"
                    .formatted(socket ? "wss" : "https", api.id(), region))
            .put("createdDate", time(api.created()))
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
          form.set("allowMethods", JsonBody.strings(List.of("*")));
          form.put("allowCredentials", cors.credentials()).put("maxAge", 0);
        });
    node.putObject("tags").put("owner", PlantedSecret.of("tag"));
    return node;
  }

  static ObjectNode route(HttpApiFacts.Route route) {
    ObjectNode node =
        JsonBody.object()
            .put("routeId", route.id())
            .put("routeKey", route.key())
            .put("authorizationType", route.authorization())
            .put("apiKeyRequired", route.apiKeyRequired());
    route.authorizerId().ifPresent(id -> node.put("authorizerId", id));
    if (route.backend().isPresent()) {
      node.put("target", "integrations/i" + route.id());
    }
    return node;
  }

  ObjectNode integration(HttpApiFacts.Route route) {
    ObjectNode node =
        JsonBody.object()
            .put("integrationId", "i" + route.id())
            .put("payloadFormatVersion", "2.0")
            .put("timeoutInMillis", 30_000);
    IntegrationTarget backend = route.backend().orElseThrow();
    node.put("connectionType", backend == IntegrationTarget.VPC_LINK ? "VPC_LINK" : "INTERNET");
    switch (backend) {
      case LAMBDA ->
          node.put("integrationType", "AWS_PROXY")
              .put("integrationMethod", "POST")
              .put(
                  "integrationUri",
                  "arn:aws:lambda:%s:%s:function:%s"
                      .formatted(region, account, PlantedSecret.of("function")));
      case AWS ->
          node.put("integrationType", "AWS_PROXY")
              .put("integrationSubtype", "EventBridge-PutEvents")
              .put("credentialsArn", "arn:aws:iam::%s:role/gateway".formatted(account));
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
                  "arn:aws:elasticloadbalancing:%s:%s:listener/net/core/50dc6c495c0c9188/0467ef3c8400ae65"
                      .formatted(region, account));
      case MOCK -> node.put("integrationType", "MOCK");
    }
    node.putObject("requestParameters")
        .put("append:header.x-origin-key", PlantedSecret.of("parameter"));
    return node;
  }

  ObjectNode stage(HttpApiFacts api, StageFacts stage) {
    ObjectNode node =
        JsonBody.object()
            .put("stageName", stage.name())
            .put("createdDate", time(api.created()))
            .put("lastUpdatedDate", time(stage.updated()))
            .put("autoDeploy", stage.name().equals("$default"));
    stage.deploymentId().ifPresent(id -> node.put("deploymentId", id));
    ObjectNode settings =
        node.putObject("defaultRouteSettings").put("detailedMetricsEnabled", false);
    stage
        .rateLimit()
        .ifPresent(
            rate -> settings.put("throttlingBurstLimit", 50).put("throttlingRateLimit", rate));
    node.putObject("routeSettings");
    if (stage.accessLogs()) {
      node.putObject("accessLogSettings")
          .put("format", "$context.requestId")
          .put("destinationArn", "arn:aws:logs:%s:%s:log-group:access".formatted(region, account));
    }
    node.putObject("stageVariables").put("token", PlantedSecret.of("stage-variable"));
    node.putObject("tags").put("owner", PlantedSecret.of("tag"));
    return node;
  }

  ObjectNode authorizer(AuthorizerFacts authorizer) {
    ObjectNode node =
        JsonBody.object()
            .put("authorizerId", authorizer.id())
            .put("name", authorizer.name())
            .put("authorizerType", authorizer.type());
    node.set("identitySource", JsonBody.strings(List.of("$request.header.Authorization")));
    authorizer
        .issuer()
        .ifPresentOrElse(
            issuer -> {
              ObjectNode jwt = node.putObject("jwtConfiguration").put("issuer", issuer);
              jwt.set("audience", JsonBody.strings(List.of(PlantedSecret.of("audience"))));
            },
            () ->
                node.put(
                    "authorizerUri",
                    "arn:aws:apigateway:%s:lambda:path/2015-03-31/functions/arn:aws:lambda:%s:%s:function:authorizer/invocations"
                        .formatted(region, region, account)));
    return node;
  }

  ObjectNode domain(DomainFacts domain) {
    ObjectNode node =
        JsonBody.object()
            .put("domainName", domain.id())
            .put("apiMappingSelectionExpression", "$request.basepath")
            .put("routingMode", domain.routingMode().name());
    node.putArray("domainNameConfigurations")
        .addObject()
        .put("apiGatewayDomainName", Domains.target(domain))
        .put(
            "certificateArn",
            "arn:aws:acm:%s:%s:certificate/11112222-3333-4444-5555-666677778888"
                .formatted(region, account))
        .put("domainNameStatus", "AVAILABLE")
        .put("endpointType", domain.endpoint().name())
        .put("hostedZoneId", "Z1UJRXOUMOOFQ8")
        .put("securityPolicy", domain.securityPolicy());
    if (domain.mutualTls()) {
      node.putObject("mutualTlsAuthentication").put("truststoreUri", Domains.trustStore());
    }
    node.putObject("tags").put("owner", PlantedSecret.of("tag"));
    return node;
  }

  static ObjectNode mapping(DomainFacts.Mapping mapping) {
    return JsonBody.object()
        .put("apiId", mapping.apiId())
        .put("apiMappingId", Integer.toHexString(mapping.hashCode()))
        .put("apiMappingKey", mapping.path())
        .put("stage", mapping.stage());
  }

  ObjectNode rule(DomainFacts domain, DomainFacts.RoutingRule rule) {
    ObjectNode node =
        JsonBody.object()
            .put("routingRuleId", rule.id())
            .put(
                "routingRuleArn",
                "arn:aws:apigateway:%s:%s:/domainnames/%s/routingrules/%s"
                    .formatted(region, account, domain.id(), rule.id()))
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
          .set(
              "anyOf",
              JsonBody.array(
                  rule.headers(),
                  each ->
                      JsonBody.object()
                          .put("header", each.header())
                          .put("valueGlob", each.valueGlob())));
    }
    node.putArray("actions")
        .addObject()
        .putObject("invokeApi")
        .put("apiId", rule.apiId())
        .put("stage", rule.stage())
        .put("stripBasePath", rule.stripBasePath());
    return node;
  }

  static ObjectNode vpcLink(VpcLinkFacts link) {
    ObjectNode node =
        JsonBody.object()
            .put("vpcLinkId", link.id())
            .put("name", link.name())
            .put("vpcLinkStatus", "AVAILABLE")
            .put("vpcLinkVersion", "V2");
    node.set("securityGroupIds", JsonBody.strings(List.of("sg-0a1b2c3d4e5f60718")));
    node.set("subnetIds", JsonBody.strings(List.of("subnet-0a1b2c3d4e5f60718")));
    return node;
  }

  private static String time(Instant instant) {
    return instant.toString();
  }
}
