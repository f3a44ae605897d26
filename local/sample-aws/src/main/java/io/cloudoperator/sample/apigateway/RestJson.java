package io.cloudoperator.sample.apigateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.cloudoperator.sample.data.PlantedSecret;
import io.cloudoperator.sample.wire.JsonBody;
import java.util.List;

/** Version 1's form of each thing, with all that AWS tells besides. Times are in seconds. */
record RestJson(String region, String account) {

  ObjectNode api(RestApiFacts api) {
    ObjectNode node =
        JsonBody.object()
            .put("id", api.id())
            .put("name", api.name())
            .put("description", PlantedSecret.of("description"))
            .put("createdDate", api.created().getEpochSecond())
            .put("apiKeySource", "HEADER")
            .put("disableExecuteApiEndpoint", api.executeApiDisabled())
            .put("rootResourceId", api.resources().getFirst().id());
    node.set("endpointConfiguration", endpoint(api.endpoint(), api.policy()));
    api.securityPolicy().ifPresent(value -> node.put("securityPolicy", value));
    if (api.policy() != ResourcePolicyFacts.NONE) {
      // AWS escapes the document once more than JSON asks for.
      String text = TextNode.valueOf(policy(api).toString()).toString();
      node.put("policy", text.substring(1, text.length() - 1));
    }
    node.putObject("tags").put("owner", PlantedSecret.of("tag"));
    return node;
  }

  private static ObjectNode endpoint(Endpoint endpoint, ResourcePolicyFacts policy) {
    ObjectNode node = JsonBody.object();
    node.set("types", JsonBody.strings(List.of(endpoint.name())));
    node.put("ipAddressType", endpoint == Endpoint.PRIVATE ? "dualstack" : "ipv4");
    if (policy == ResourcePolicyFacts.VPC_ENDPOINT) {
      node.set("vpcEndpointIds", JsonBody.strings(List.of("vpce-0a1b2c3d4e5f60718")));
    }
    return node;
  }

  private ObjectNode policy(RestApiFacts api) {
    ObjectNode statement =
        JsonBody.object()
            .put("Effect", "Allow")
            .put("Principal", "*")
            .put("Action", "execute-api:Invoke")
            .put("Resource", "arn:aws:execute-api:%s:%s:%s/*".formatted(region, account, api.id()));
    switch (api.policy()) {
      case ADDRESSES ->
          statement
              .putObject("Condition")
              .putObject("IpAddress")
              .set("aws:SourceIp", JsonBody.strings(List.of("192.0.2.0/24")));
      case VPC_ENDPOINT ->
          statement
              .putObject("Condition")
              .putObject("StringEquals")
              .put("aws:SourceVpce", "vpce-0a1b2c3d4e5f60718");
      case OPEN, NONE -> {}
    }
    ObjectNode document = JsonBody.object().put("Version", "2012-10-17");
    document.putArray("Statement").add(statement);
    return document;
  }

  /**
   * @param full whether the methods are told, and not only which there are
   */
  ObjectNode resource(RestApiFacts api, RestApiFacts.Resource resource, boolean full) {
    ObjectNode node = JsonBody.object().put("id", resource.id()).put("path", resource.path());
    resource
        .parentId()
        .ifPresent(parent ->
            node.put("parentId", parent)
                .put("pathPart", resource.path().substring(resource.path().lastIndexOf('/') + 1)));
    if (!resource.methods().isEmpty()) {
      ObjectNode methods = node.putObject("resourceMethods");
      for (RestApiFacts.Method method : resource.methods()) {
        methods.set(method.httpMethod(), full ? method(api, method) : JsonBody.object());
      }
    }
    return node;
  }

  private ObjectNode method(RestApiFacts api, RestApiFacts.Method method) {
    ObjectNode node =
        JsonBody.object()
            .put("httpMethod", method.httpMethod())
            .put("authorizationType", method.authorization())
            .put("apiKeyRequired", method.apiKeyRequired());
    method.authorizerId().ifPresent(id -> node.put("authorizerId", id));
    node.putObject("methodResponses").putObject("200").put("statusCode", "200");
    ObjectNode integration = node.putObject("methodIntegration");
    switch (method.backend()) {
      case LAMBDA ->
          integration
              .put("type", "AWS_PROXY")
              .put("httpMethod", "POST")
              .put("uri", lambda(PlantedSecret.of(api.name())));
      case AWS ->
          integration
              .put("type", "AWS")
              .put("httpMethod", "POST")
              .put("uri", "arn:aws:apigateway:%s:dynamodb:action/PutItem".formatted(region))
              .put("credentials", "arn:aws:iam::%s:role/gateway".formatted(account));
      case HTTP ->
          integration
              .put("type", "HTTP_PROXY")
              .put("httpMethod", method.httpMethod())
              .put("uri", "https://" + PlantedSecret.of("origin") + ".example.com/");
      case VPC_LINK ->
          integration
              .put("type", "HTTP_PROXY")
              .put("httpMethod", method.httpMethod())
              .put("connectionType", "VPC_LINK")
              .put("connectionId", "${stageVariables.link}")
              .put("uri", "http://" + PlantedSecret.of("internal") + ".example.internal/");
      case MOCK -> integration.put("type", "MOCK");
    }
    if (method.backend() != IntegrationTarget.VPC_LINK
        && method.backend() != IntegrationTarget.MOCK) {
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

  private String lambda(String function) {
    return ("arn:aws:apigateway:%s:lambda:path/2015-03-31/functions/arn:aws:lambda:%s:%s:function:%s"
            + "/invocations")
        .formatted(region, region, account, function);
  }

  ObjectNode stage(RestApiFacts api, StageFacts stage) {
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
    if (stage.accessLogs()) {
      node.putObject("accessLogSettings")
          .put("format", "$context.requestId")
          .put("destinationArn", "arn:aws:logs:%s:%s:log-group:access".formatted(region, account));
    }
    node.putObject("variables")
        .put("link", "a1b2c3")
        .put("token", PlantedSecret.of("stage-variable"));
    stage
        .webAcl()
        .ifPresent(acl ->
            node.put(
                "webAclArn",
                "arn:aws:wafv2:%s:%s:regional/webacl/%s/11112222-3333-4444-5555-666677778888"
                    .formatted(region, account, acl)));
    node.putObject("tags").put("owner", PlantedSecret.of("tag"));
    return node;
  }

  ObjectNode authorizer(AuthorizerFacts authorizer) {
    ObjectNode node =
        JsonBody.object()
            .put("id", authorizer.id())
            .put("name", authorizer.name())
            .put("type", authorizer.type())
            .put("authorizerResultTtlInSeconds", 300)
            .put("identitySource", "method.request.header.Authorization");
    if (authorizer.type().equals("COGNITO_USER_POOLS")) {
      node.put("authType", "cognito_user_pools");
      node.set(
          "providerARNs",
          JsonBody.strings(
              List.of(
                  "arn:aws:cognito-idp:%s:%s:userpool/%s_Sample1"
                      .formatted(region, account, region))));
    } else {
      node.put("authType", "custom").put("authorizerUri", lambda("authorizer"));
    }
    return node;
  }

  ObjectNode domain(DomainFacts domain) {
    ObjectNode node =
        JsonBody.object()
            .put("domainName", domain.id())
            .put("domainNameStatus", "AVAILABLE")
            .put("securityPolicy", domain.securityPolicy())
            .put("routingMode", domain.routingMode().ofVersion1());
    node.set("endpointConfiguration", endpoint(domain.endpoint(), ResourcePolicyFacts.NONE));
    String certificate =
        "arn:aws:acm:%s:%s:certificate/11112222-3333-4444-5555-666677778888"
            .formatted(domain.endpoint() == Endpoint.EDGE ? "us-east-1" : region, account);
    if (domain.endpoint() == Endpoint.EDGE) {
      node.put("certificateArn", certificate)
          .put("distributionDomainName", Domains.target(domain))
          .put("distributionHostedZoneId", "Z2FDTNDATAQYW2");
    } else {
      node.put("regionalCertificateArn", certificate)
          .put("regionalDomainName", Domains.target(domain))
          .put("regionalHostedZoneId", "Z1UJRXOUMOOFQ8");
    }
    if (domain.mutualTls()) {
      node.putObject("mutualTlsAuthentication").put("truststoreUri", Domains.trustStore());
    }
    node.putObject("tags").put("owner", PlantedSecret.of("tag"));
    return node;
  }

  static ObjectNode mapping(DomainFacts.Mapping mapping) {
    return JsonBody.object()
        .put("basePath", mapping.path().isEmpty() ? "(none)" : mapping.path())
        .put("restApiId", mapping.apiId())
        .put("stage", mapping.stage());
  }

  ObjectNode vpcLink(VpcLinkFacts link) {
    ObjectNode node =
        JsonBody.object()
            .put("id", link.id())
            .put("name", link.name())
            .put("description", PlantedSecret.of("description"))
            .put("status", "AVAILABLE");
    node.set(
        "targetArns",
        JsonBody.strings(
            List.of(
                "arn:aws:elasticloadbalancing:%s:%s:loadbalancer/net/core/50dc6c495c0c9188"
                    .formatted(region, account))));
    return node;
  }

  ObjectNode key(ApiKeyFacts key, boolean value) {
    ObjectNode node =
        JsonBody.object().put("id", key.id()).put("name", key.name()).put("enabled", true);
    node.set("stageKeys", JsonBody.strings(List.of()));
    return value ? node.put("value", key.value()) : node;
  }

  static ObjectNode plan(UsagePlanFacts plan) {
    ObjectNode node = JsonBody.object().put("id", plan.id()).put("name", plan.name());
    node.putObject("throttle").put("burstLimit", 20).put("rateLimit", 10.0);
    return node;
  }
}
