package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.local.client.ApiClient;
import io.cloudoperator.sample.AccessKey;
import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.session.AssumeRoleResult;
import io.cloudoperator.session.StsRoleSessions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** Scans of the audit tier, held against what CloudTrail has of the requests that truly came. */
@Order(3)
class LookUpTest {
  private LocalBackend backend;
  private ApiClient api;
  private SampleAws aws;
  private String externalId = "";
  private RoleArn role = new RoleArn("arn:aws:iam::444455556666:role/none");

  @BeforeEach
  void start() throws Exception {
    backend =
        LocalBackend.start(
            new LocalBackend.Options(
                0,
                Optional.empty(),
                new CustomerSide.Sample(
                    SampleConfig.defaults()
                        .withInstances(60)
                        .withRegions(4)
                        .withTrail(true)
                        .withApiQuotas(true),
                    Set.of())));
    aws = backend.sample().aws();
    api = new ApiClient(backend.url(), backend.token("acme"));
  }

  @AfterEach
  void stop() {
    api.close();
    backend.close();
  }

  @Test
  void findsAnEventForEachCallAndNoOther() throws Exception {
    String connection = connected();
    scanned(connection);
    scanned(connection);

    JsonNode found = api.post(connection + "/calls/lookup", Map.of());

    assertThat(found.path("verdict").asText()).as(found.toPrettyString()).isEqualTo("agrees");
    assertThat(found.path("sessions").asInt()).isEqualTo(1);
    assertThat(found.path("regionsNotRead")).isEmpty();
    JsonNode ledger = api.get(connection + "/calls").at("/sessions");
    int calls = 0;
    for (JsonNode session : ledger) {
      if (session.path("kind").asText().equals("scan")) {
        calls = session.path("calls").size();
        break;
      }
    }
    assertThat(found.at("/matched/calls").asInt()).isEqualTo(calls).isGreaterThan(50);
    assertThat(found.at("/assumptions/publishedPolicy").asInt()).isPositive();
    assertThat(found.at("/assumptions/remarkable")).isEmpty();
    // All but the AssumeRole calls, which are the broker's own.
    assertThat(found.at("/keyUse/inTime").asInt())
        .isEqualTo(calls - found.at("/assumptions/events").asInt());
  }

  @Test
  void findsWhatWasDoneBehindTheLedgersBack() throws Exception {
    String connection = connected();
    String scan = scanned(connection);
    readInTheSessionOf(scan);

    JsonNode found = api.post(connection + "/calls/lookup", Map.of());

    assertThat(found.path("verdict").asText()).as(found.toPrettyString()).isEqualTo("differs");
    assertThat(found.at("/theirsWithoutOurs/events").findValuesAsText("name"))
        .contains("AssumeRole", "DescribeInstances");
    assertThat(found.at("/oursWithoutTheirs/calls")).isEmpty();
  }

  @Test
  void keepsItsOwnCallsAsThoseOfAVerification() throws Exception {
    String connection = connected();
    scanned(connection);

    api.post(connection + "/calls/lookup", Map.of());

    JsonNode newest = api.get(connection + "/calls").at("/sessions/0");
    assertThat(newest.path("kind").asText()).isEqualTo("verification");
    assertThat(newest.path("calls").findValuesAsText("operation"))
        .containsOnly("AssumeRole", "GetCallerIdentity", "LookupEvents")
        .hasSize(aws.requests().of("cloudtrail", "LookupEvents").size() + 2);
  }

  @Test
  void findsACallOfWhichCloudTrailKnowsNothing() throws Exception {
    String connection = connected();
    aws.events().lose(request -> request.operation().equals("ListBuckets"));
    scanned(connection);

    JsonNode found = api.post(connection + "/calls/lookup", Map.of());

    // It is minutes old: CloudTrail may yet deliver its event.
    assertThat(found.path("verdict").asText()).as(found.toPrettyString()).isEqualTo("too_early");
    assertThat(found.at("/oursWithoutTheirs/calls")).hasSize(1);
    assertThat(found.at("/oursWithoutTheirs/calls/0/call/operation").asText())
        .isEqualTo("ListBuckets");
  }

  private String connected() throws Exception {
    JsonNode pending = api.post("/connections", Map.of("name", "test", "tier", "audit"));
    String connection = "/connections/" + pending.path("id").asText();
    externalId = pending.path("externalId").asText();
    role = backend.grant(new ExternalId(externalId), Tier.AUDIT);
    api.proveRole(connection, role.value());
    return connection;
  }

  private String scanned(String connection) throws Exception {
    String scan = api.post(connection + "/scans", Map.of()).path("scanId").asText();
    backend.settled();
    assertThat(api.get(connection + "/scans/" + scan).path("status").asText())
        .isEqualTo("concluded");
    return scan;
  }

  private void readInTheSessionOf(String scan) {
    AccessKey key = aws.brokerCredentials();
    try (SdkHttpClient http = StsRoleSessions.httpClient();
        StsClient sts =
            StsClient.builder()
                .httpClient(http)
                .endpointOverride(aws.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())))
                .build()) {
      AssumeRoleResult assumption =
          new StsRoleSessions(
                  sts, http, Optional.of(aws.endpoint()), InstantSource.system(), _ -> {})
              .assume(role, Optional.of(new ExternalId(externalId)), scan, Tier.AUDIT);
      assertThat(assumption).isInstanceOf(AssumeRoleResult.Granted.class);
      if (assumption instanceof AssumeRoleResult.Granted granted) {
        granted.session().scanRegion(new RegionName("us-east-1"));
      }
    }
  }
}
