package io.cloudoperator.session;

import static io.cloudoperator.session.RefereeClients.FRANKFURT;
import static io.cloudoperator.session.RefereeClients.lean;
import static io.cloudoperator.session.RefereeClients.operations;
import static io.cloudoperator.session.RefereeClients.sdk;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.CannedAws.Asked;
import io.cloudoperator.aws.Pages;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.Transport;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.service.CannedAccount;
import io.cloudoperator.service.apigateway.ApiGateway;
import io.cloudoperator.service.apigateway.AuthorizerReader;
import io.cloudoperator.service.apigateway.DomainNameReader;
import io.cloudoperator.service.apigateway.RestApiReader;
import io.cloudoperator.service.apigateway.RestMethodReader;
import io.cloudoperator.service.apigateway.StageReader;
import io.cloudoperator.service.apigateway.VpcLinkReader;
import io.cloudoperator.service.cloudfront.CloudFront;
import io.cloudoperator.service.cloudtrail.CloudTrail;
import io.cloudoperator.service.cloudtrail.TrailReader;
import io.cloudoperator.service.iam.Iam;
import io.cloudoperator.service.iam.RoleReader;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.appsync.AppSyncClient;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/** The SDK's own clients and ours ask the same of the same hosts. */
class RefereeTest {
  private static final Set<AwsService> WITHOUT_REGIONS = Set.of(CloudFront.SERVICE, Iam.SERVICE);

  @Test
  void asksWhoWeAreAndForRegionsInTheSameWords() {
    try (CannedAws aws =
            new CannedAws(asked ->
                asked.service().equals("sts")
                    ? Pages.identity("111122223333")
                    : Pages.regions("eu-central-1"));
        StsClient sts = sdk(StsClient.builder(), aws.url());
        Ec2Client ec2 = sdk(Ec2Client.builder(), aws.url())) {
      sts.getCallerIdentity();
      ec2.describeRegions();
      ec2.describeRegions(request -> request.allRegions(true));
      AwsRoleSession session = Sessions.on(aws, FRANKFURT.value());
      session.identity();
      session.regions();

      assertThat(aws.asked().subList(3, 6))
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("userAgent")
          .containsExactlyInAnyOrderElementsOf(aws.asked().subList(0, 3));
    }
  }

  static Stream<AwsService> services() {
    return operations().stream().map(ReadOperation::service).distinct();
  }

  /** An endpoint that differed would send a customer's signed request to another host. */
  @ParameterizedTest
  @MethodSource("services")
  void hasTheSameEndpointInEveryRegion(AwsService service) {
    List<Region> regions =
        Region.regions().stream()
            .filter(region -> !region.isGlobalRegion())
            // What has no home there is never asked there.
            .filter(region ->
                !WITHOUT_REGIONS.contains(service)
                    || service.home(new RegionName(region.id())).isPresent())
            .toList();
    assertThat(regions).hasSizeGreaterThan(30);
    for (Region region : regions) {
      assertThat(ourEndpoint(service, region.id()))
          .as(region.id())
          .isEqualTo(theirEndpoint(service, region));
    }
  }

  @ParameterizedTest
  @MethodSource("services")
  void hasTheSameEndpointInARegionThatTheSdkDoesNotKnow(AwsService service) {
    assertThat(ourEndpoint(service, "eu-west-9"))
        .isEqualTo(theirEndpoint(service, Region.of("eu-west-9")));
  }

  @Test
  void asksForTrailsAndOurRoleInTheSameWords() {
    String arn = CannedAccount.arn("all");
    try (CannedAws aws = new CannedAws(new CannedAccount()::answer);
        CloudTrailClient sdkTrail = sdk(CloudTrailClient.builder(), aws.url());
        IamClient sdkIam = sdk(IamClient.builder(), aws.url());
        AwsClient trail = lean(CloudTrail.SERVICE, aws.url());
        AwsClient iam = lean(Iam.SERVICE, aws.url())) {
      sdkTrail.describeTrails();
      sdkTrail.getTrailStatus(request -> request.name(arn));
      sdkIam.getRole(request -> request.roleName("role"));
      sdkIam
          .listAttachedRolePoliciesPaginator(request -> request.roleName("role").maxItems(100))
          .forEach(_ -> {});
      sdkIam
          .listRolePoliciesPaginator(request -> request.roleName("role").maxItems(100))
          .forEach(_ -> {});
      sdkIam.getRolePolicy(request -> request.roleName("role").policyName("CloudOperatorAudit"));
      List<Asked> theirs = aws.asked();

      Map<String, String> role = Map.of(RoleReader.ROLE, "role");
      trail.read(TrailReader.DESCRIBE_TRAILS);
      trail.read(TrailReader.GET_TRAIL_STATUS, Map.of(TrailReader.TRAIL, arn));
      iam.read(RoleReader.GET_ROLE, role);
      iam.list(RoleReader.LIST_ATTACHED_ROLE_POLICIES, role);
      iam.list(RoleReader.LIST_ROLE_POLICIES, role);
      iam.read(
          RoleReader.GET_ROLE_POLICY,
          Map.of(RoleReader.ROLE, "role", RoleReader.POLICY, "CloudOperatorAudit"));

      assertThat(aws.asked().subList(theirs.size(), aws.asked().size()))
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("userAgent", "region")
          .isEqualTo(theirs);
    }
  }

  @Test
  void asksForWhatIsInARestApiInTheSameWords() {
    try (CannedAws aws = new CannedAws(_ -> Answer.ok("{\"item\":[],\"position\":\"\"}"));
        ApiGatewayClient sdk = sdk(ApiGatewayClient.builder(), aws.url());
        AwsClient lean = lean(ApiGateway.SERVICE, aws.url())) {
      sdk.getRestApis(request -> request.limit(500));
      sdk.getResources(request -> request.restApiId("a1").limit(500).embed("methods"));
      sdk.getStages(request -> request.restApiId("a1"));
      sdk.getAuthorizers(request -> request.restApiId("a1").limit(500));
      sdk.getDomainNames(request -> request.limit(500));
      sdk.getBasePathMappings(request -> request.domainName("*.example.com").limit(500));
      sdk.getBasePathMappings(
          request -> request.domainName("a.example.com").domainNameId("d1").limit(500));
      sdk.getVpcLinks(request -> request.limit(500));
      List<Asked> theirs = aws.asked();

      lean.list(RestApiReader.GET_REST_APIS, Map.of());
      lean.list(RestMethodReader.GET_RESOURCES, Map.of(RestApiReader.API, "a1"));
      lean.list(StageReader.GET_STAGES, Map.of(RestApiReader.API, "a1"));
      lean.list(AuthorizerReader.GET_AUTHORIZERS, Map.of(RestApiReader.API, "a1"));
      lean.list(DomainNameReader.GET_DOMAIN_NAMES, Map.of());
      lean.list(
          DomainNameReader.GET_BASE_PATH_MAPPINGS,
          Map.of(DomainNameReader.DOMAIN, "*.example.com"));
      lean.list(
          DomainNameReader.GET_BASE_PATH_MAPPINGS_OF_PRIVATE_DOMAIN,
          Map.of(DomainNameReader.DOMAIN, "a.example.com", DomainNameReader.DOMAIN_ID, "d1"));
      lean.list(VpcLinkReader.GET_VPC_LINKS, Map.of());

      assertThat(aws.asked().subList(theirs.size(), aws.asked().size()))
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("userAgent")
          .isEqualTo(theirs);
    }
  }

  private static URI ourEndpoint(AwsService service, String region) {
    Destination destination = new Destination();
    Transport transport =
        new Transport(destination, Optional.empty(), AwsRetryStrategy::doNotRetry);
    try (AwsClient client =
        new AwsClient(
            service,
            new RegionName(region),
            Sessions.CREDENTIALS,
            operations(),
            transport,
            List.of())) {
      ReadOperation<?> operation =
          operations().stream()
              .filter(declared -> declared.service().equals(service))
              .findFirst()
              .orElseThrow();
      Map<String, String> arguments =
          operation.argumentsOfACall().stream().collect(toMap(name -> name, _ -> "some"));
      assertThatThrownBy(() -> client.read(operation, arguments)).isInstanceOf(SdkException.class);
    }
    return destination.seen();
  }

  private static URI theirEndpoint(AwsService service, Region region) {
    Destination destination = new Destination();
    assertThatThrownBy(
            () -> {
              switch (service.id()) {
                case "sts" -> {
                  try (StsClient sts = at(StsClient.builder(), region, destination)) {
                    sts.getCallerIdentity();
                  }
                }
                case "ec2" -> {
                  try (Ec2Client ec2 = at(Ec2Client.builder(), region, destination)) {
                    ec2.describeInstances();
                  }
                }
                case "s3" -> {
                  try (S3Client s3 = at(S3Client.builder(), region, destination)) {
                    s3.listBuckets();
                  }
                }
                case "apigateway" -> {
                  try (ApiGatewayClient apis =
                      at(ApiGatewayClient.builder(), region, destination)) {
                    apis.getRestApis();
                  }
                }
                case "lambda" -> {
                  try (LambdaClient lambda = at(LambdaClient.builder(), region, destination)) {
                    lambda.listFunctions();
                  }
                }
                case "appsync" -> {
                  try (AppSyncClient appSync = at(AppSyncClient.builder(), region, destination)) {
                    appSync.listGraphqlApis();
                  }
                }
                case "elasticloadbalancing" -> {
                  try (ElasticLoadBalancingV2Client balancers =
                      at(ElasticLoadBalancingV2Client.builder(), region, destination)) {
                    balancers.describeLoadBalancers();
                  }
                }
                case "cloudfront" -> {
                  try (CloudFrontClient cloudFront =
                      at(CloudFrontClient.builder(), region, destination)) {
                    cloudFront.listDistributions();
                  }
                }
                case "cloudtrail" -> {
                  try (CloudTrailClient trail =
                      at(CloudTrailClient.builder(), region, destination)) {
                    trail.describeTrails();
                  }
                }
                case "iam" -> {
                  try (IamClient iam = at(IamClient.builder(), region, destination)) {
                    iam.getRole(request -> request.roleName("role"));
                  }
                }
                // One whose own client is not among the tests.
                default -> {
                  destination.seen = Optional.of(endpointOfMetadata(service, region));
                  throw SdkException.builder().message("sends nothing").build();
                }
              }
            })
        .isInstanceOf(SdkException.class);
    return destination.seen();
  }

  private static URI endpointOfMetadata(AwsService service, Region region) {
    return URI.create("https://" + ServiceMetadata.of(service.id()).endpointFor(region));
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C at(
      B builder, Region region, SdkHttpClient http) {
    return builder
        .region(region)
        .httpClient(http)
        .credentialsProvider(StaticCredentialsProvider.create(Sessions.CREDENTIALS))
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  /** Sends nothing, and remembers where it would have gone. */
  private static final class Destination implements SdkHttpClient {
    private Optional<URI> seen = Optional.empty();

    URI seen() {
      return seen.orElseThrow();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      URI uri = request.httpRequest().getUri();
      seen = Optional.of(URI.create(uri.getScheme() + "://" + uri.getHost()));
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          throw new IOException("sends nothing");
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }
}
