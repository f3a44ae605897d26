package io.cloudoperator.sample.apigateway;

import io.cloudoperator.sample.wire.WireRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a request to API Gateway asks for: its path tells all.
 *
 * @param second whether it is one of version 2
 * @param parts without the {@code v2}, decoded
 */
record Path(boolean second, List<String> parts) {

  static Path of(WireRequest request) {
    List<String> parts =
        Stream.of(request.rawPath().split("/"))
            .filter(part -> !part.isEmpty())
            .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
            .toList();
    boolean second = !parts.isEmpty() && parts.getFirst().equals("v2");
    return new Path(second, second ? parts.subList(1, parts.size()) : parts);
  }

  /** The ARN that IAM is asked about: the version is not in it. */
  String arn(String region) {
    return "arn:aws:apigateway:%s::/%s".formatted(region, String.join("/", parts));
  }

  /** The ARN of all routing rules of the domain that it is about: the account is in it. */
  String rulesArn(String region, String account) {
    return "arn:aws:apigateway:%s:%s:/domainnames/%s/routingrules/*"
        .formatted(region, account, name());
  }

  /** The second part, which is an id or a name. */
  String name() {
    return parts.get(1);
  }

  /** The operation that a GET of it is; {@code Unknown} if the sample has none. */
  String operation() {
    return switch (pattern()) {
      case "/restapis" -> "GetRestApis";
      case "/restapis/*" -> "GetRestApi";
      case "/restapis/*/resources" -> "GetResources";
      case "/restapis/*/stages", "/v2/apis/*/stages" -> "GetStages";
      case "/restapis/*/authorizers", "/v2/apis/*/authorizers" -> "GetAuthorizers";
      case "/domainnames", "/v2/domainnames" -> "GetDomainNames";
      case "/domainnames/*" -> "GetDomainName";
      case "/domainnames/*/basepathmappings" -> "GetBasePathMappings";
      case "/vpclinks", "/v2/vpclinks" -> "GetVpcLinks";
      case "/apikeys" -> "GetApiKeys";
      case "/usageplans" -> "GetUsagePlans";
      case "/v2/apis/*/authorizers/*" -> "GetAuthorizer";
      case "/v2/apis" -> "GetApis";
      case "/v2/apis/*" -> "GetApi";
      case "/v2/apis/*/routes" -> "GetRoutes";
      case "/v2/apis/*/integrations" -> "GetIntegrations";
      case "/v2/domainnames/*/apimappings" -> "GetApiMappings";
      case "/v2/domainnames/*" -> "GetDomainName";
      case "/v2/domainnames/*/routingrules" -> "ListRoutingRules";
      default -> "Unknown";
    };
  }

  private String pattern() {
    StringBuilder pattern = new StringBuilder(second ? "/v2" : "");
    for (int i = 0; i < parts.size(); i++) {
      pattern.append('/').append(i % 2 == 1 ? "*" : parts.get(i));
    }
    return pattern.toString();
  }
}
