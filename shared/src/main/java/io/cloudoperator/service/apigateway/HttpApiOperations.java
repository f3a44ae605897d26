package io.cloudoperator.service.apigateway;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.RequestPath;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.apigateway.DomainName.Mapping;
import io.cloudoperator.service.apigateway.HttpApiReader.FoundIntegration;
import io.cloudoperator.service.apigateway.HttpApiReader.FoundRoute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The read operations of version 2 of API Gateway's API: HTTP and WebSocket APIs, domains and VPC
 * links.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/resources.html">Resources</a>
 */
public final class HttpApiOperations {
  static final String API = "apiId";
  static final String AUTHORIZER = "authorizerId";
  static final String DOMAIN = "domainName";

  // As many as version 1 lists at once; each page more is one of the customer's ten calls a second.
  private static final String PAGE = "500";

  public static final ReadOperation<List<HttpApi>> GET_APIS =
      operation(
          "GetApis",
          "/v2/apis",
          "Names the HTTP and WebSocket APIs, and whether their default endpoint answers.",
          HttpApiReader::apis);

  public static final ReadOperation<List<FoundRoute>> GET_ROUTES =
      operation(
          "GetRoutes",
          "/v2/apis/{apiId}/routes",
          "Tells how each route of an HTTP or WebSocket API authorizes its callers.",
          HttpApiReader::routes);

  public static final ReadOperation<List<FoundIntegration>> GET_INTEGRATIONS =
      operation(
          "GetIntegrations",
          "/v2/apis/{apiId}/integrations",
          "Tells what kind of backend a route has; no address, parameter or template is kept.",
          HttpApiReader::integrations);

  public static final ReadOperation<List<FoundStage>> GET_STAGES =
      operation(
          "GetStages",
          "/v2/apis/{apiId}/stages",
          "Tells what is deployed, logged and throttled; no stage variable is kept.",
          HttpApiReader::stages);

  /** One by one: most APIs have one, and those that no route refers to are nobody's business. */
  public static final ReadOperation<Authorizer> GET_AUTHORIZER =
      new ReadOperation<>(
          AwsService.APIGATEWAY,
          "GetAuthorizer",
          ApiGatewayPaths.GET,
          Tier.AUDIT,
          "Names an authorizer that routes refer to.",
          RequestPath.of("/v2/apis/{apiId}/authorizers/{authorizerId}"),
          Set.of(),
          Map.of(),
          Optional.empty(),
          HttpApiReader::authorizer);

  public static final ReadOperation<List<FoundDomain>> GET_DOMAIN_NAMES =
      operation(
          "GetDomainNames",
          "/v2/domainnames",
          "Names the custom domains, and the TLS that they accept.",
          HttpDomainReader::domainNames);

  public static final ReadOperation<List<Mapping>> GET_API_MAPPINGS =
      operation(
          "GetApiMappings",
          "/v2/domainnames/{domainName}/apimappings",
          "Tells which APIs answer on a custom domain.",
          HttpDomainReader::mappings);

  public static final ReadOperation<List<VpcLink>> GET_VPC_LINKS =
      operation(
          "GetVpcLinks", "/v2/vpclinks", "Names the ways into VPCs.", HttpDomainReader::vpcLinks);

  private HttpApiOperations() {}

  private static <T> ReadOperation<List<T>> operation(
      String name, String path, String why, ReadOperation.Reader<List<T>> reader) {
    return new ReadOperation<>(
        AwsService.APIGATEWAY,
        name,
        ApiGatewayPaths.GET,
        Tier.AUDIT,
        why,
        RequestPath.of(path),
        Set.of(),
        Map.of("maxResults", PAGE),
        Optional.of("nextToken"),
        reader);
  }
}
