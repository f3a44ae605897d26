package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.local.backend.Observation.Lived;
import io.cloudoperator.local.backend.Places.Kind;
import io.cloudoperator.local.client.ApiClient;
import io.cloudoperator.local.client.ApiException;
import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.sample.control.Fault;
import io.cloudoperator.sample.control.Faults;
import io.cloudoperator.sample.control.LoggedRequest;
import io.cloudoperator.sample.data.PlantedSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A connection of each tier, from its creation to its purge: scans that succeed and scans that fail
 * on purpose, with errors of AWS that tell what nobody is to know, and every way to read what is
 * kept.
 */
final class ObservedLives {
  private static final String TENANT = "acme";
  private static final String ROLE_NAME = "CloudOperatorCanary-7f3a91";
  private static final String ROLE_OF_A_MARK = "CloudOperator-" + PlantedSecret.of("role");

  /** What our role is granted beyond what was asked for: the drift is told of, and not this. */
  private static final String GRANTED_BEYOND =
      """
                    - Sid: Beyond
                      Effect: Allow
                      Action: s3:GetObject
                      Resource: arn:aws:s3:::%s/*
      """
          .formatted(PlantedSecret.of("bucket"));

  private final LocalBackend backend;
  private final SampleAws aws;
  private final Places places;
  private final ApiClient api;
  private final JsonNode pending;
  private final String connection;

  private ObservedLives(LocalBackend backend, Places places, ApiClient api, String tier)
      throws Exception {
    this.backend = backend;
    this.aws = backend.sample().aws();
    this.places = places;
    this.api = api;
    this.pending = api.post("/connections", Map.of("name", "canary", "tier", tier));
    this.connection = "/connections/" + pending.path("id").asText();
  }

  static Lived ofMinimal(LocalBackend backend, Places places) throws Exception {
    try (ApiClient api = new ApiClient(backend.url(), backend.token(TENANT))) {
      return new ObservedLives(backend, places, api, "minimal").minimal();
    }
  }

  static Lived ofAudit(LocalBackend backend, Places places) throws Exception {
    try (ApiClient api = new ApiClient(backend.url(), backend.token(TENANT))) {
      return new ObservedLives(backend, places, api, "audit").audit();
    }
  }

  private Lived minimal() throws Exception {
    String externalId = pending.path("externalId").asText();
    String role =
        aws.putRole(
            aws.customerAccountId(),
            "/" + ROLE_NAME,
            pending.at("/role/trustPolicy").toString(),
            pending.at("/role/permissionPolicy").toString());
    api.proveRole(connection, role);
    api.verifyRole(connection);
    api.put(connection + "/schedule", Map.of("schedule", "daily"));
    String concluded = scan();
    readAll(concluded);
    assertThatThrownBy(() -> api.post(connection + "/scans/" + concluded + "/cancel", Map.of()))
        .isInstanceOf(ApiException.class);

    String telling =
        "User with %s may not use %s %s".formatted(externalId, role, PlantedSecret.of("refusal"));
    Faults faults = aws.faults();
    faults.next("ec2", "DescribeInstances", "eu-west-1", Fault.error(403, "Denied", telling));
    faults.next("ec2", "DescribeInstances", "eu-west-2", Fault.error(500, "Broken", telling));
    faults.next("s3", Faults.ANY, Faults.ANY, Fault.error(403, "AccessDenied", telling));
    scan();
    for (String broken : List.of("sts:AssumeRole", "sts:GetCallerIdentity", "kms:Decrypt")) {
      String[] call = broken.split(":", 2);
      faults.next(call[0], call[1], Faults.ANY, Fault.error(400, "Broken", telling).always());
      scan();
      faults.clear();
    }
    faults.next("kms", "Decrypt", Faults.ANY, Fault.error(400, "Broken", telling));
    assertThatThrownBy(() -> api.verifyRole(connection)).isInstanceOf(ApiException.class);
    assertThat(aws.deleteRole(role)).isTrue();
    readAll(scan());
    end();
    assertThat(aws.requests().matching(request -> !request.service().equals("kms")))
        .extracting(LoggedRequest::operation)
        .as("the four calls of the minimal tier, and AssumeRole before them")
        .containsOnly(
            "AssumeRole",
            "GetCallerIdentity",
            "DescribeRegions",
            "DescribeInstances",
            "ListBuckets");
    return lived(externalId, role, new Secret("role name", ROLE_NAME));
  }

  /** Finds the APIs of an account, twice, and shows them in every way. */
  private Lived audit() throws Exception {
    String externalId = pending.path("externalId").asText();
    String role = launch(externalId);
    api.proveRole(connection, role);
    readAll(scan());
    readApis();
    // Of the next scan a region is missing, whichever the fault finds first.
    String telling = "User may not read " + PlantedSecret.of("refusal");
    for (String broken : List.of("apigateway:GetStages", "lambda:ListFunctions")) {
      String[] call = broken.split(":", 2);
      aws.faults().next(call[0], call[1], Faults.ANY, Fault.error(403, "Denied", telling));
    }
    aws.faults()
        .next("appsync", Faults.ANY, Faults.ANY, Fault.error(400, "Broken", telling).times(9));
    readAll(scan());
    aws.faults().clear();
    scan();
    assertThat(api.post(connection + "/calls/lookup", Map.of()).path("verdict").asText())
        .isEqualTo("agrees");
    readApis();
    end();
    return lived(externalId, role, new Secret("mark", PlantedSecret.MARK));
  }

  /** The customers' template, whose role is granted more than was asked for. */
  private String launch(String externalId) throws IOException {
    String published = Files.readString(Repository.file("customer/audit-role.yaml"));
    String end = "                Resource: '*'\n";
    assertThat(published).containsOnlyOnce(end);
    Path beyond = Files.createTempFile("audit-role", ".yaml");
    try {
      Files.writeString(beyond, published.replace(end, end + GRANTED_BEYOND));
      return aws.launch(
          aws.customerAccountId(),
          beyond,
          Map.of(
              "ExternalId",
              externalId,
              "BrokerAccountId",
              aws.brokerAccountId(),
              "BrokerRolePattern",
              aws.brokerRoleArn(),
              "RoleName",
              ROLE_OF_A_MARK));
    } finally {
      Files.delete(beyond);
    }
  }

  private String scan() throws Exception {
    String scan = api.post(connection + "/scans", Map.of()).path("scanId").asText();
    backend.settled();
    api.get(connection + "/scans/" + scan);
    return scan;
  }

  private void readAll(String scan) throws Exception {
    for (String path : List.of("", "/history", "/history?detail=regions", "/calls")) {
      api.get(connection + path);
    }
    api.get("/connections");
    int expected = api.get(connection + "/scans/" + scan).has("snapshot") ? 200 : 409;
    for (String format : AuditLife.REPORTS) {
      String report = connection + "/scans/" + scan + "/report?format=" + format;
      assertThat(status(report)).as(report).isEqualTo(expected);
    }
    assertThat(status(connection + "/calls?format=csv")).isEqualTo(200);
  }

  private int status(String path) throws Exception {
    return AuditLife.status(backend, backend.token(TENANT), path);
  }

  private void readApis() throws Exception {
    api.put(
        connection + "/apis/catalog",
        Map.of("entries", List.of(Map.of("host", "api.example.com"))));
    JsonNode apis = api.get(connection + "/apis?limit=500");
    for (String path : List.of("/apis/changes", "/apis/catalog")) {
      api.get(connection + path);
    }
    for (String region : aws.customer().regions()) {
      api.get(connection + "/apis/openapi?region=" + region);
    }
    api.get(connection + "/apis/openapi?api=" + apis.at("/items/0/id").asText());
  }

  private void end() throws Exception {
    places.keepTables(backend);
    api.delete(connection);
    places.keepTables(backend);
    api.delete(connection + "/data");
    api.delete("/tenant");
    places.add(Kind.PUBLISHED_EVENT, api.get("/local/events").toString());
  }

  private Lived lived(String externalId, String role, Secret more) {
    return new Lived(
        new Secret("connection", pending.path("id").asText()),
        Set.of(new Secret("External ID", externalId), new Secret("role ARN", role), more));
  }
}
