package io.cloudoperator.sample.apigateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.cloudoperator.sample.apigateway.GatewayApi.Backend;
import io.cloudoperator.sample.apigateway.GatewayApi.Endpoint;
import io.cloudoperator.sample.apigateway.GatewayApi.Policy;
import io.cloudoperator.sample.data.PlantedSecret;
import io.cloudoperator.sample.wire.JsonBody;
import io.cloudoperator.sample.wire.ServiceCall;

/** Version 1's form of each thing, with all that AWS tells besides. Times are in seconds. */
final class RestJson {

  private static final String VPC_ENDPOINT = "vpce-0a1b2c3d4e5f60718";

  private RestJson() {}

  static ObjectNode api(ServiceCall call, GatewayApi api) {
    ObjectNode node =
        JsonBody.object()
            .put("id", api.id())
            .put("name", api.name())
            .put("description", PlantedSecret.of("description"))
            .put("createdDate", api.created().getEpochSecond())
            .put("apiKeySource", "HEADER")
            .put("disableExecuteApiEndpoint", api.executeApiDisabled())
            .put("rootResourceId", api.resources().get("/"))
            .put("securityPolicy", api.securityPolicy());
    node.set("endpointConfiguration", endpoint(api.endpoint(), api.policy()));
    if (api.policy() != Policy.NONE) {
      // AWS escapes the document once more than JSON asks for.
      String text = TextNode.valueOf(policy(call, api).toString()).toString();
      node.put("policy", text.substring(1, text.length() - 1));
    }
    return GatewayVersion.tagged(node);
  }

  private static ObjectNode endpoint(Endpoint endpoint, Policy policy) {
    ObjectNode node = JsonBody.object();
    node.set("types", JsonBody.strings(endpoint.name()));
    node.put("ipAddressType", endpoint == Endpoint.PRIVATE ? "dualstack" : "ipv4");
    if (policy == Policy.VPC_ENDPOINT) {
      node.set("vpcEndpointIds", JsonBody.strings(VPC_ENDPOINT));
    }
    return node;
  }

  private static ObjectNode policy(ServiceCall call, GatewayApi api) {
    ObjectNode document = JsonBody.object().put("Version", "2012-10-17");
    ObjectNode statement =
        document
            .putArray("Statement")
            .addObject()
            .put("Effect", "Allow")
            .put("Principal", "*")
            .put("Action", "execute-api:Invoke")
            .put("Resource", call.arn("execute-api", api.id() + "/*"));
    switch (api.policy()) {
      case ADDRESSES ->
          statement
              .putObject("Condition")
              .putObject("IpAddress")
              .set("aws:SourceIp", JsonBody.strings("192.0.2.0/24"));
      case VPC_ENDPOINT ->
          statement
              .putObject("Condition")
              .putObject("StringEquals")
              .put("aws:SourceVpce", VPC_ENDPOINT);
      case OPEN, NONE -> {}
    }
    return document;
  }

  /**
   * @param full whether the methods are told, and not only which there are
   */
  static ObjectNode resource(ServiceCall call, GatewayApi api, String path, boolean full) {
    ObjectNode node = JsonBody.object().put("id", api.resources().get(path)).put("path", path);
    if (!path.equals("/")) {
      node.put("parentId", api.resources().get(ApiDraft.above(path)))
          .put("pathPart", path.substring(path.lastIndexOf('/') + 1));
    }
    for (GatewayApi.Route route : api.routes()) {
      if (route.path().equals(path)) {
        node.withObjectProperty("resourceMethods")
            .set(route.method(), full ? method(call, api, route) : JsonBody.object());
      }
    }
    return node;
  }

  private static ObjectNode method(ServiceCall call, GatewayApi api, GatewayApi.Route route) {
    ObjectNode node =
        JsonBody.object()
            .put("httpMethod", route.method())
            .put("authorizationType", route.authorization())
            .put("apiKeyRequired", route.apiKeyRequired());
    route.authorizerId().ifPresent(id -> node.put("authorizerId", id));
    node.putObject("methodResponses").putObject("200").put("statusCode", "200");
    ObjectNode integration = node.putObject("methodIntegration");
    switch (route.backend()) {
      case LAMBDA ->
          integration
              .put("type", "AWS_PROXY")
              .put("httpMethod", "POST")
              .put("uri", GatewayVersion.invocation(call, PlantedSecret.of(api.name())));
      case AWS ->
          integration
              .put("type", "AWS")
              .put("httpMethod", "POST")
              .put("uri", "arn:aws:apigateway:%s:dynamodb:action/PutItem".formatted(call.region()))
              .put("credentials", call.roleArn(PlantedSecret.of("gateway")));
      case HTTP ->
          integration
              .put("type", "HTTP_PROXY")
              .put("httpMethod", route.method())
              .put("uri", "https://" + PlantedSecret.of("origin") + ".example.com/");
      case VPC_LINK ->
          integration
              .put("type", "HTTP_PROXY")
              .put("httpMethod", route.method())
              .put("connectionType", "VPC_LINK")
              .put("connectionId", "${stageVariables.link}")
              .put("uri", "http://" + PlantedSecret.of("internal") + ".example.internal/");
      case MOCK, NONE -> integration.put("type", "MOCK");
    }
    if (route.backend() != Backend.VPC_LINK && route.backend() != Backend.MOCK) {
      integration.put("connectionType", "INTERNET");
    }
    integration
        .putObject("requestParameters")
        .put("integration.request.header.x-origin-key", "'" + PlantedSecret.of("parameter") + "'");
    integration
        .putObject("requestTemplates")
        .put("application/json", "{\"key\": \"" + PlantedSecret.of("template") + "\"}");
    integration.put("passthroughBehavior", "WHEN_NO_MATCH").put("timeoutInMillis", 29_000);
    return node;
  }

  static ObjectNode stage(ServiceCall call, GatewayApi api, GatewayApi.Stage stage) {
    ObjectNode node =
        JsonBody.object()
            .put("stageName", stage.name())
            .put("createdDate", api.created().getEpochSecond())
            .put("lastUpdatedDate", stage.updated().getEpochSecond())
            .put("cacheClusterEnabled", false)
            .put("cacheClusterStatus", "NOT_AVAILABLE")
            .put("tracingEnabled", false);
    stage.deploymentId().ifPresent(id -> node.put("deploymentId", id));
    ObjectNode settings = node.putObject("methodSettings");
    stage
        .rateLimit()
        .ifPresent(rate ->
            settings
                .putObject("*/*")
                .put("metricsEnabled", true)
                .put("dataTraceEnabled", false)
                .put("throttlingBurstLimit", 50)
                .put("throttlingRateLimit", rate)
                .put("cachingEnabled", false));
    GatewayVersion.accessLogs(call, stage, node);
    node.putObject("variables")
        .put("link", "a1b2c3")
        .put("backend_token", PlantedSecret.of("stage-variable"));
    stage.webAcl().ifPresent(acl -> node.put("webAclArn", call.webAclArn(acl)));
    return GatewayVersion.tagged(node);
  }

  static ObjectNode authorizer(ServiceCall call, GatewayApi.Authorizer authorizer) {
    ObjectNode node =
        JsonBody.object()
            .put("id", authorizer.id())
            .put("name", authorizer.name())
            .put("type", authorizer.type())
            .put("authorizerResultTtlInSeconds", 300)
            .put("identitySource", "method.request.header.Authorization");
    if (authorizer.type().equals("COGNITO_USER_POOLS")) {
      String pool = call.arn("cognito-idp", "userpool/" + call.region() + "_Sample1");
      node.put("authType", "cognito_user_pools").set("providerARNs", JsonBody.strings(pool));
      return node;
    }
    return node.put("authType", "custom")
        .put("authorizerUri", GatewayVersion.invocation(call, PlantedSecret.of("authorizer")));
  }

  static ObjectNode domain(ServiceCall call, DomainFacts domain) {
    ObjectNode node =
        JsonBody.object()
            .put("domainName", domain.id())
            .put("domainNameStatus", "AVAILABLE")
            .put("securityPolicy", domain.securityPolicy())
            .put("routingMode", domain.routingMode().ofVersion1());
    node.set("endpointConfiguration", endpoint(domain.endpoint(), Policy.NONE));
    if (domain.endpoint() == Endpoint.EDGE) {
      node.put("certificateArn", call.certificateArn("us-east-1"))
          .put("distributionDomainName", GatewayVersion.target(domain))
          .put("distributionHostedZoneId", "Z2FDTNDATAQYW2");
    } else {
      node.put("regionalCertificateArn", call.certificateArn(call.region()))
          .put("regionalDomainName", GatewayVersion.target(domain))
          .put("regionalHostedZoneId", "Z1UJRXOUMOOFQ8");
    }
    GatewayVersion.mutualTls(domain, node);
    return GatewayVersion.tagged(node);
  }

  static ObjectNode mapping(ServiceCall call, DomainFacts.Mapping mapping) {
    return JsonBody.object()
        .put("basePath", mapping.path().isEmpty() ? "(none)" : mapping.path())
        .put("restApiId", mapping.apiId())
        .put("stage", mapping.stage());
  }

  static ObjectNode vpcLink(ServiceCall call, VpcLinkFacts link) {
    ObjectNode node =
        JsonBody.object()
            .put("id", link.id())
            .put("name", link.name())
            .put("description", PlantedSecret.of("description"))
            .put("status", "AVAILABLE");
    String balancer = "loadbalancer/net/core/50dc6c495c0c9188";
    node.set("targetArns", JsonBody.strings(call.arn("elasticloadbalancing", balancer)));
    return node;
  }

  static ObjectNode key(ApiKeyFacts key, boolean value) {
    ObjectNode node =
        JsonBody.object().put("id", key.id()).put("name", key.name()).put("enabled", true);
    node.putArray("stageKeys");
    return value ? node.put("value", key.value()) : node;
  }

  static ObjectNode plan(ServiceCall call, UsagePlanFacts plan) {
    ObjectNode node = JsonBody.object().put("id", plan.id()).put("name", plan.name());
    node.putObject("throttle").put("burstLimit", 20).put("rateLimit", 10.0);
    return node;
  }
}
