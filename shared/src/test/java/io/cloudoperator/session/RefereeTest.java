package io.cloudoperator.session;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.CannedAws.Asked;
import io.cloudoperator.aws.Disguise;
import io.cloudoperator.aws.Pages;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.Reading.Complete;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.Tally;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.SessionPhase;
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
import io.cloudoperator.service.ec2.Ec2;
import io.cloudoperator.service.ec2.InstanceFacts;
import io.cloudoperator.service.ec2.InstanceReader;
import io.cloudoperator.service.iam.Iam;
import io.cloudoperator.service.iam.RoleReader;
import io.cloudoperator.service.s3.BucketReader;
import io.cloudoperator.service.s3.S3;
import io.cloudoperator.service.sts.CallerIdentityReader;
import io.cloudoperator.service.sts.Sts;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
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
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/** The SDK's own clients and ours, side by side on the same answers. */
class RefereeTest {
  private static final RegionName FRANKFURT = new RegionName("eu-central-1");
  private static final Pattern TIME = Pattern.compile("\\((\\S+) (\\S+) GMT\\)");

  /** Each seed is a region of its own, and in the name of its test: to see a failure again. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {7, 8, 9, 10, 11, 12})
  void countsTheSameInstances(long seed) {
    Random random = new Random(seed);
    List<Answer> pages = new ArrayList<>();
    for (int page = 0; page < 8; page++) {
      String[] instances =
          Stream.generate(() -> Pages.anyInstance(random))
              .limit(page % 3 == 1 ? 0 : random.nextInt(60))
              .toArray(String[]::new);
      Answer plain = Pages.instances(page < 7 ? String.valueOf(page + 1) : "", instances);
      pages.add(page == 0 ? plain : Answer.ok(Disguise.of(plain.body(), random)));
    }
    try (CannedAws aws = new CannedAws(asked -> pages.get(page(asked, "NextToken")));
        Ec2Client ec2 = sdk(Ec2Client.builder(), aws.url())) {
      Tally<InstanceFacts> expected = InstanceFacts.COUNTED.tally(Sessions.NOW);
      ec2.describeInstancesPaginator(request -> request.maxResults(1000)).reservations().stream()
          .flatMap(reservation -> reservation.instances().stream())
          .map(RefereeTest::facts)
          .forEach(expected::add);
      List<Asked> theirs = aws.asked();

      Reading<Counts> actual = Sessions.on(aws).scanRegion(FRANKFURT).outcome().instances();

      assertThat(actual).isEqualTo(new Complete<>(expected.counts()));
      assertThat(aws.asked().subList(theirs.size(), aws.asked().size()))
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("userAgent")
          .isEqualTo(theirs);
    }
  }

  @Test
  void countsTheSameBuckets() {
    Random random = new Random(7);
    List<Answer> pages =
        Stream.of(
                Pages.buckets("1", List.of("eu-west-1", "us-east-1", "eu-west-1")),
                Pages.buckets("2", List.of()),
                Pages.buckets("", List.of("ap-southeast-7")))
            .map(plain -> Answer.ok(Disguise.of(plain.body(), random)))
            .toList();
    try (CannedAws aws = new CannedAws(asked -> pages.get(page(asked, "continuation-token")));
        S3Client s3 = sdk(S3Client.builder(), aws.url())) {
      TreeMap<String, Long> expected = new TreeMap<>();
      s3.listBucketsPaginator(request -> request.maxBuckets(10_000)).buckets().stream()
          .forEach(bucket -> expected.merge(bucket.bucketRegion(), 1L, Long::sum));
      List<Asked> theirs = aws.asked();

      Reading<Counts> actual =
          Sessions.on(aws, FRANKFURT.value()).scanBuckets().outcome().buckets();

      assertThat(actual)
          .isEqualTo(new Complete<>(new Counts(4, Map.of("byRegion", expected), Map.of())));
      assertThat(aws.asked().subList(theirs.size(), aws.asked().size()))
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("userAgent")
          .isEqualTo(theirs);
    }
  }

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

  static Stream<Answer> refusals() {
    Answer throttled = Answer.ec2Error(503, "RequestLimitExceeded", "Request limit exceeded.");
    Stream<Answer> others =
        Stream.of(
            throttled,
            Answer.ec2Error(403, "UnauthorizedOperation", "You are not authorized"),
            Answer.ec2Error(400, "InvalidParameterValue", "a &lt;b&gt; &amp; c"),
            new Answer(502, "<html><body>Bad gateway</body></html>", false),
            new Answer(503, "", false),
            new Answer(403, "<Response><Errors/></Response>", false),
            new Answer(403, "<Response><Errors><Error/></Errors></Response>", false),
            new Answer(400, "<Response><Errors><Error><Code>Thrott", false),
            new Answer(400, "<!DOCTYPE a><Response/>", false),
            new Answer(429, "no XML", false));
    Stream<Answer> byStatus =
        Stream.of(400, 403, 404, 408, 409, 429, 500, 501, 502, 503, 504, 599)
            .map(status -> Answer.ec2Error(status, "SomethingElse", "a message"));
    Random random = new Random(7);
    Stream<Answer> byCode =
        Stream.of(
                "Throttling",
                "ThrottlingException",
                "ThrottledException",
                "RequestThrottledException",
                "RequestThrottled",
                "TooManyRequestsException",
                "ProvisionedThroughputExceededException",
                "TransactionInProgressException",
                "RequestLimitExceeded",
                "BandwidthLimitExceeded",
                "LimitExceededException",
                "SlowDown",
                "PriorRequestNotComplete",
                "EC2ThrottledException",
                "RequestTimeout",
                "RequestTimeoutException",
                "InternalError",
                "InternalFailure",
                "ServiceUnavailable",
                "Unavailable",
                "IDPCommunicationError",
                "RequestTimeTooSkewed",
                "RequestExpired",
                "RequestInTheFuture",
                "InvalidSignatureException",
                "SignatureDoesNotMatch",
                "AuthFailure",
                "ExpiredToken",
                "ExpiredTokenException",
                "InvalidClientTokenId",
                "OptInRequired",
                "Blocked",
                "PendingVerification")
            .map(code -> Answer.ec2Error(400, code, "a message"))
            .map(plain -> new Answer(400, Disguise.of(plain.body(), random), false));
    return Stream.of(others, byStatus, byCode).flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void readsTheSameErrorAndTriesAgainAsOften(Answer refusal) {
    try (CannedAws theirs = CannedAws.inTurn(refusal);
        CannedAws ours = CannedAws.inTurn(refusal);
        Ec2Client ec2 = sdk(Ec2Client.builder(), theirs.url());
        AwsClient lean = lean(Ec2.SERVICE, ours.url())) {
      AwsServiceException expected = refused(() -> ec2.describeInstances());
      AwsServiceException actual = refused(() -> lean.read(InstanceReader.DESCRIBE_INSTANCES));

      assertSame(expected, actual);
      assertThat(ours.asked()).hasSameSizeAs(theirs.asked());
    }
  }

  @Test
  void readsTheSameErrorsOfStsAndS3() {
    Answer expired = Answer.queryError(403, "ExpiredToken", "The token is expired");
    Answer slow = Answer.s3Error(503, "SlowDown", "Please reduce your request rate.");
    try (CannedAws stsAws = CannedAws.inTurn(expired);
        CannedAws s3Aws = CannedAws.inTurn(slow);
        StsClient sts = sdk(StsClient.builder(), stsAws.url());
        S3Client s3 = sdk(S3Client.builder(), s3Aws.url());
        AwsClient leanSts = lean(Sts.SERVICE, stsAws.url());
        AwsClient leanS3 = lean(S3.SERVICE, s3Aws.url())) {
      assertSame(
          refused(sts::getCallerIdentity),
          refused(() -> leanSts.read(CallerIdentityReader.GET_CALLER_IDENTITY)));
      assertSame(refused(s3::listBuckets), refused(() -> leanS3.read(BucketReader.LIST_BUCKETS)));
    }
  }

  private static final Set<AwsService> WITHOUT_REGIONS = Set.of(CloudFront.SERVICE, Iam.SERVICE);

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

  /** As API Gateway, Lambda and AppSync refuse. */
  static Stream<Answer> jsonRefusals() {
    return Stream.of(
        Answer.jsonError(429, "TooManyRequestsException", "Too Many Requests"),
        Answer.jsonError(403, "AccessDeniedException", "not authorized"),
        Answer.jsonError(403, "UnrecognizedClientException", "The token is invalid."),
        Answer.jsonError(404, "NotFoundException", "Invalid API identifier"),
        Answer.jsonError(500, "InternalFailure", "sorry"),
        Answer.jsonError(503, "ServiceUnavailableException", "sorry"),
        new Answer(400, "{\"__type\":\"aws.x#ThrottlingException\",\"Message\":\"m\"}", false),
        new Answer(403, "{\"message\":null}", false),
        new Answer(403, "{}", false),
        new Answer(400, "{\"__type\":\"Thrott", false),
        new Answer(502, "<html>Bad gateway</html>", false),
        new Answer(503, "", false));
  }

  @ParameterizedTest
  @MethodSource("jsonRefusals")
  void readsTheSameErrorInJsonAndTriesAgainAsOften(Answer refusal) {
    try (CannedAws theirs = CannedAws.inTurn(refusal);
        CannedAws ours = CannedAws.inTurn(refusal);
        ApiGatewayClient sdk = sdk(ApiGatewayClient.builder(), theirs.url());
        AwsClient lean = lean(ApiGateway.SERVICE, ours.url())) {
      AwsServiceException expected = refused(sdk::getRestApis);
      AwsServiceException actual = refused(() -> lean.read(RestApiReader.GET_REST_APIS));

      assertThat(actual.statusCode()).isEqualTo(expected.statusCode());
      assertThat(actual.isThrottlingException()).isEqualTo(expected.isThrottlingException());
      assertThat(text(actual.awsErrorDetails().errorCode()))
          .isEqualTo(text(expected.awsErrorDetails().errorCode()));
      assertThat(actual.requestId()).isEqualTo(expected.requestId());
      assertThat(ours.asked()).hasSameSizeAs(theirs.asked());
    }
  }

  private static List<ReadOperation<?>> operations() {
    return Stream.of(SessionPhase.values())
        .<ReadOperation<?>>flatMap(phase -> Manifest.operations(Tier.AUDIT, phase).stream())
        .toList();
  }

  private static URI ourEndpoint(AwsService service, String region) {
    Destination destination = new Destination();
    AwsClient.Transport transport =
        new AwsClient.Transport(destination, Optional.empty(), AwsRetryStrategy::doNotRetry);
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

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C sdk(
      B builder, URI endpoint) {
    return builder
        .region(Region.of(FRANKFURT.value()))
        .endpointOverride(endpoint)
        .httpClient(Sessions.HTTP)
        .credentialsProvider(StaticCredentialsProvider.create(Sessions.CREDENTIALS))
        .overrideConfiguration(override -> override.retryStrategy(Sessions.retries()))
        .build();
  }

  private static AwsClient lean(AwsService service, URI endpoint) {
    return new AwsClient(
        service,
        FRANKFURT,
        Sessions.CREDENTIALS,
        operations(),
        Sessions.transport(endpoint),
        List.of());
  }

  private static AwsServiceException refused(Runnable call) {
    try {
      call.run();
    } catch (AwsServiceException e) {
      return e;
    }
    throw new AssertionError("not refused");
  }

  private static void assertSame(AwsServiceException expected, AwsServiceException actual) {
    assertThat(actual.statusCode()).isEqualTo(expected.statusCode());
    assertThat(actual.isThrottlingException()).isEqualTo(expected.isThrottlingException());
    assertThat(actual.isClockSkewException()).isEqualTo(expected.isClockSkewException());
    assertThat(text(actual.awsErrorDetails().errorCode()))
        .isEqualTo(text(expected.awsErrorDetails().errorCode()));
    assertThat(text(actual.awsErrorDetails().errorMessage()))
        .isEqualTo(text(expected.awsErrorDetails().errorMessage()));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static int page(Asked asked, String parameter) {
    String token = asked.parameter(parameter);
    return token.isEmpty() ? 0 : Integer.parseInt(token);
  }

  /** What we count of an instance, by the SDK's model of it. */
  private static InstanceFacts facts(Instance instance) {
    Stream<String> groups =
        Stream.concat(
                instance.securityGroups().stream(),
                instance.networkInterfaces().stream().flatMap(eni -> eni.groups().stream()))
            .map(group -> group.groupName());
    boolean interfaceIsPublic =
        instance.networkInterfaces().stream()
            .anyMatch(eni ->
                eni.association() != null
                    || eni.privateIpAddresses().stream()
                        .anyMatch(address -> address.association() != null));
    return InstanceFacts.builder()
        .state(instance.state().nameAsString())
        .type(instance.instanceTypeAsString())
        .architecture(instance.architectureAsString())
        .platform(instance.platformDetails())
        .tenancy(instance.placement().tenancyAsString())
        .imdsV1(
            instance.metadataOptions() != null
                && instance.metadataOptions().httpTokensAsString().equals("optional")
                && instance.metadataOptions().httpEndpointAsString().equals("enabled"))
        .publicIpv4(!text(instance.publicIpAddress()).isEmpty() || interfaceIsPublic)
        .instanceProfile(instance.iamInstanceProfile() != null)
        .launchWizardGroup(groups.anyMatch(name -> name.startsWith("launch-wizard-")))
        .launchedAt(Optional.of(instance.launchTime()))
        .stoppedAt(
            instance.state().nameAsString().equals("stopped")
                ? Optional.ofNullable(instance.stateTransitionReason())
                    .map(TIME::matcher)
                    .filter(Matcher::find)
                    .map(m -> Instant.parse(m.group(1) + "T" + m.group(2) + "Z"))
                : Optional.empty())
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
