package io.cloudoperator.service.apigateway;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.RequestPath;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.apigateway.DomainName.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The read operations of version 1 of API Gateway's API: REST APIs, domains and VPC links.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html">Actions</a>
 */
public final class RestApiOperations {
  public static final String API = "restapi_id";
  public static final String DOMAIN = "domain_name";
  public static final String DOMAIN_ID = "domainNameId";

  // 500 is the largest page.
  private static final Map<String, String> PAGE = Map.of("limit", "500");

  public static final ReadOperation<List<RestApi>> GET_REST_APIS =
      operation(
          "GetRestApis",
          "/restapis",
          "Names the REST APIs and their endpoints; of a resource policy, only its kind is kept.",
          Set.of(),
          PAGE,
          RestApiReader::apis);

  public static final ReadOperation<List<RestApi.Method>> GET_RESOURCES =
      operation(
          "GetResources",
          "/restapis/{restapi_id}/resources",
          "Tells how each method authorizes its callers; no address or template of a backend is kept.",
          Set.of(),
          Map.of("limit", "500", "embed", "methods"),
          RestMethodReader::methods);

  public static final ReadOperation<List<FoundStage>> GET_STAGES =
      new ReadOperation<>(
          AwsService.APIGATEWAY,
          "GetStages",
          ApiGatewayPaths.GET,
          Tier.AUDIT,
          "Tells what is deployed, logged and throttled, and behind which WAF; no stage variable is kept.",
          RequestPath.of("/restapis/{restapi_id}/stages"),
          Set.of(),
          Map.of(),
          Optional.empty(),
          RestStageReader::stages);

  public static final ReadOperation<List<Authorizer>> GET_AUTHORIZERS =
      operation(
          "GetAuthorizers",
          "/restapis/{restapi_id}/authorizers",
          "Names the authorizers that methods refer to.",
          Set.of(),
          PAGE,
          RestApiReader::authorizers);

  public static final ReadOperation<List<FoundDomain>> GET_DOMAIN_NAMES =
      operation(
          "GetDomainNames",
          "/domainnames",
          "Names the custom domains, private ones too, and the TLS that they accept.",
          Set.of(),
          PAGE,
          RestDomainReader::domainNames);

  private static final String MAPPINGS_PATH = "/domainnames/{domain_name}/basepathmappings";
  private static final String MAPPINGS_WHY = "Tells which REST APIs answer on a custom domain.";

  public static final ReadOperation<List<Mapping>> GET_BASE_PATH_MAPPINGS =
      operation(
          "GetBasePathMappings",
          MAPPINGS_PATH,
          MAPPINGS_WHY,
          Set.of(),
          PAGE,
          RestDomainReader::mappings);

  /** Private domains may have one name several times, and are told apart by their ids. */
  public static final ReadOperation<List<Mapping>> GET_BASE_PATH_MAPPINGS_OF_PRIVATE_DOMAIN =
      operation(
          "GetBasePathMappings",
          MAPPINGS_PATH,
          MAPPINGS_WHY,
          Set.of(DOMAIN_ID),
          PAGE,
          RestDomainReader::mappings);

  public static final ReadOperation<List<VpcLink>> GET_VPC_LINKS =
      operation(
          "GetVpcLinks",
          "/vpclinks",
          "Names the ways into VPCs.",
          Set.of(),
          PAGE,
          RestApiReader::vpcLinks);

  private RestApiOperations() {}

  private static <T> ReadOperation<List<T>> operation(
      String name,
      String path,
      String why,
      Set<String> arguments,
      Map<String, String> parameters,
      ReadOperation.Reader<List<T>> reader) {
    return new ReadOperation<>(
        AwsService.APIGATEWAY,
        name,
        ApiGatewayPaths.GET,
        Tier.AUDIT,
        why,
        RequestPath.of(path),
        arguments,
        parameters,
        Optional.of("position"),
        reader);
  }
}
