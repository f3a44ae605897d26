package io.cloudoperator.local.backend;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.local.RawTemplate;
import io.cloudoperator.local.client.ApiClient;
import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.sample.apigateway.GatewayApi;
import io.cloudoperator.sample.control.LoggedRequest;
import io.cloudoperator.sample.data.PlantedSecret;
import io.cloudoperator.service.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * An owner who has AdministratorAccess attached to the role of the audit tier, and no boundary: the
 * whole backend still asks for nothing but what is published, and its sessions could get no more.
 */
class AdministratorAuditTest {
  private static LocalBackend backend;
  private static SampleAws aws;
  private static List<LoggedRequest> asked;
  private static Map<String, CredentialListener.Session> sessions;
  private static JsonNode calls;
  private static JsonNode snapshot;
  private static String region;
  private static String externalId;
  private static String role;

  @BeforeAll
  static void scanAsAdministrator(@TempDir Path folder) throws Exception {
    backend =
        LocalBackend.start(
            new LocalBackend.Options(
                0,
                Optional.empty(),
                new CustomerSide.Sample(
                    SampleConfig.defaults().withInstances(60).withApis(35).withRegions(6),
                    Set.of())));
    aws = backend.sample().aws();
    region = aws.customer().all(GatewayApi.class).all().getFirst().region();
    try (ApiClient api = new ApiClient(backend.url(), backend.token("acme"))) {
      JsonNode pending = api.post("/connections", Map.of("name", "admin", "tier", "audit"));
      String connection = "/connections/" + pending.path("id").asText();
      externalId = pending.path("externalId").asText();
      role = launched(administrator(folder));
      api.proveRole(connection, role);
      api.verifyRole(connection);
      String scan = api.post(connection + "/scans", Map.of()).path("scanId").asText();
      backend.settled();
      snapshot = api.get(connection + "/scans/" + scan).path("snapshot");
      calls = api.get(connection + "/calls");
    }
    sessions = CredentialListener.sessions();
    asked =
        aws.requests()
            .matching(request ->
                Optional.ofNullable(sessions.get(request.accessKeyId()))
                    .filter(session -> session.roleArn().contains(aws.customerAccountId()))
                    .isPresent());
  }

  @AfterAll
  static void stop() {
    backend.close();
  }

  /** customer/audit-role.yaml as nobody should launch it. */
  private static Path administrator(Path folder) throws IOException {
    String published = Files.readString(Repository.file("customer/audit-role.yaml"));
    String changed =
        published
            .replace("policy/SecurityAudit", "policy/AdministratorAccess")
            .replaceFirst("(?m)^ *PermissionsBoundary:.*\n", "");
    assertThat(changed).contains("AdministratorAccess").doesNotContain("PermissionsBoundary:");
    return Files.writeString(folder.resolve("administrator.yaml"), changed);
  }

  private static String launched(Path template) throws IOException {
    return aws.launch(
        aws.customerAccountId(),
        template,
        Map.of(
            "ExternalId",
            externalId,
            "BrokerAccountId",
            aws.brokerAccountId(),
            "BrokerRolePattern",
            aws.brokerRoleArn()));
  }

  @Test
  void theScanReadsAllThatThereIs() {
    assertThat(snapshot.at("/coverage/unread")).isEmpty();
    assertThat(snapshot.at("/apis/unread")).isEmpty();
    assertThat(stream(snapshot.at("/apis/apis")).mapToInt(JsonNode::asInt).sum())
        .isEqualTo(aws.customer().apis());
  }

  @Test
  void eachRequestIsPublished() {
    Set<String> published =
        Manifest.published(Tier.AUDIT).stream()
            .map(each -> each.service() + ":" + each.operation())
            .collect(toSet());

    assertThat(asked)
        .extracting(request -> request.service() + ":" + request.operation())
        .contains("apigateway:GetResources", "lambda:ListFunctions")
        .allMatch(published::contains);
  }

  @Test
  void eachRequestIsInTheLedgerAndNothingElseIs() {
    assertThat(asked)
        .extracting(LoggedRequest::requestId)
        .containsExactlyInAnyOrderElementsOf(
            stream(calls.path("sessions"))
                .flatMap(session -> stream(session.path("calls")))
                .filter(call -> !call.path("operation").asText().equals("AssumeRole"))
                .map(call -> call.path("requestId").asText())
                .toList());
  }

  @Test
  void eachSessionIsOpenedWithAPublishedPolicy() throws Exception {
    Set<String> published;
    try (Stream<Path> files = Files.list(Repository.file("customer"))) {
      published =
          files
              .filter(file -> file.getFileName().toString().matches("audit-.*session-policy.json"))
              .map(file -> text(file).replace("ROLE_ARN", role))
              .collect(toSet());
    }

    assertThat(policies()).isNotEmpty().isSubsetOf(published);
  }

  /** By the policy's own words: neither role nor boundary is left to refuse anything. */
  @Test
  void eachRequestIsAllowedByThePolicyOfItsSession() throws Exception {
    for (LoggedRequest request : asked) {
      CredentialListener.Session session = session(request.accessKeyId());
      assertThat(request.status()).as(request.toString()).isLessThan(400);
      assertThat(allows(Json.STRICT.readTree(session.policy()), request))
          .as("%s by %s", request, session.policy())
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "apigateway /apikeys?includeValues=true",
        "apigateway /apikeys",
        "apigateway /apikeys/a1b2c3d4e5?includeValue=true",
        "apigateway /usageplans",
        "apigateway /usageplans/a1b2c3/keys",
        "apigateway /clientcertificates",
        "apigateway /account",
        "apigateway /restapis/API",
        "apigateway /restapis/API/stages/prod",
        "apigateway /restapis/API/stages/prod/sdks/javascript",
        "apigateway /restapis/API/stages/prod/exports/oas30",
        "apigateway /restapis/API/models",
        "apigateway /restapis/API/documentation/parts",
        "apigateway /v2/apis/API/exports/OAS30?outputType=JSON",
        "apigateway /v2/apis/API/stages/prod",
        "apigateway /tags/arn%3Aaws%3Aapigateway%3Aeu-west-1%3A%3A%2Frestapis%2FAPI",
        "lambda /2015-03-31/functions/thumbnailer/configuration",
        "lambda /2015-03-31/functions/thumbnailer",
        "lambda /2015-03-31/functions/thumbnailer/policy",
        "ec2 /?Action=DescribeInstanceAttribute&Version=2016-11-15&Attribute=userData&InstanceId=i-0123456789abcdef0",
        "s3 /a-bucket?list-type=2",
        "iam /?Action=GetRole&Version=2010-05-08&RoleName=Somebody",
        "iam /?Action=ListUsers&Version=2010-05-08"
      })
  void aSessionThatIsStolenReadsNothingElse(String question) throws Exception {
    String service = question.substring(0, question.indexOf(' '));
    String place = service.equals("iam") ? "us-east-1" : region;
    String path =
        question
            .substring(question.indexOf(' ') + 1)
            .replace("API", aws.customer().all(GatewayApi.class).all().getFirst().id());

    for (AwsCredentials session : stolen()) {
      HttpResponse<String> refused = SignedRequest.get(aws, session, service, place, path);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
      assertThat(refused.body())
          .contains("because no session policy allows the")
          .doesNotContain(PlantedSecret.MARK);
    }

    HttpResponse<String> unlimited = SignedRequest.get(aws, withoutAPolicy(), service, place, path);
    assertThat(unlimited.statusCode()).as("the role itself would allow it").isNotIn(401, 403);
  }

  private static CredentialListener.Session session(String accessKeyId) {
    return Optional.ofNullable(sessions.get(accessKeyId)).orElseThrow();
  }

  private static List<AwsCredentials> stolen() {
    return asked.stream()
        .map(LoggedRequest::accessKeyId)
        .distinct()
        .<AwsCredentials>map(key -> session(key).credentials())
        .toList();
  }

  private static Set<String> policies() {
    return asked.stream().map(request -> session(request.accessKeyId()).policy()).collect(toSet());
  }

  /** A session that somebody else of the broker's might open. */
  private static AwsCredentials withoutAPolicy() {
    try (StsClient sts =
        StsClient.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(aws.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        aws.brokerCredentials().accessKeyId(),
                        aws.brokerCredentials().secretAccessKey())))
            .build()) {
      Credentials granted =
          sts.assumeRole(request ->
                  request.roleArn(role).externalId(externalId).roleSessionName("without"))
              .credentials();
      return AwsSessionCredentials.create(
          granted.accessKeyId(), granted.secretAccessKey(), granted.sessionToken());
    }
  }

  private static boolean allows(JsonNode policy, LoggedRequest request) {
    return stream(policy.path("Statement"))
        .map(RawTemplate.Statement::new)
        .anyMatch(statement ->
            statement.actions().stream()
                    .anyMatch(action -> RawTemplate.matches(action, action(request)))
                && statement.resources().stream()
                    .anyMatch(
                        resource -> RawTemplate.matches(resource.asText(), resource(request))));
  }

  private static String action(LoggedRequest request) {
    return switch (request.service()) {
      // Of all that is read of API Gateway, its routing rules alone have an action of their own.
      case "apigateway" ->
          request.operation().equals("ListRoutingRules")
              ? "apigateway:ListRoutingRules"
              : "apigateway:GET";
      // ListBuckets is allowed by an action of another name.
      case "s3" -> "s3:ListAllMyBuckets";
      default -> request.service() + ":" + request.operation();
    };
  }

  private static String resource(LoggedRequest request) {
    return switch (request.service()) {
      case "apigateway" ->
          "arn:aws:apigateway:%s::%s"
              .formatted(
                  request.region(),
                  request.parameters().getOrDefault("path", "").replaceFirst("^/v2/", "/"));
      case "iam" ->
          "arn:aws:iam::%s:role/%s"
              .formatted(
                  aws.customerAccountId(), request.parameters().getOrDefault("RoleName", ""));
      default -> "*";
    };
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), /* parallel= */ false);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
