package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.local.backend.Places.Kind;
import io.cloudoperator.local.client.ApiClient;
import io.cloudoperator.local.client.ApiException;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.sample.control.Fault;
import io.cloudoperator.sample.control.Faults;
import io.cloudoperator.sample.control.LoggedRequest;
import io.cloudoperator.sample.data.PlantedSecret;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.cloudwatchlogs.emf.config.EnvironmentConfigurationProvider;
import software.amazon.cloudwatchlogs.emf.environment.Environments;

/**
 * Whole scans, those that fail on purpose included, after which every credential that AWS gave out,
 * the External ID and the role's ARN are looked for in everything that was written down.
 */
@Isolated
class SecrecyTest {
  private static final String ROLE_NAME = "CloudOperatorCanary-7f3a91";
  private static final String CREATED = "POST /connections";

  private final Places places = new Places();
  private final Set<Secret> secrets = new HashSet<>();
  private final List<String> ofApis = new ArrayList<>();
  private String customer = "";

  @Test
  void leavesNoCredentialExternalIdOrRoleAnywhere(@TempDir Path folder) throws Exception {
    Secret connection = observed(folder, this::live);

    secrets.addAll(CredentialListener.heard());
    assertThat(secrets)
        .extracting(Secret::what)
        .contains("access key id", "secret access key", "session token", "data key");
    // Below the audit tier nothing is kept of APIs.
    assertThat(places.seen())
        .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Kind.APIS_WRITTEN)));
    assertFound(connection);
    assertNowhere(secrets);
  }

  @Test
  void leavesNothingOfAnAuditedAccountButWhatItsApisAreCalled(@TempDir Path folder)
      throws Exception {
    Secret connection = observed(folder, this::audit);

    secrets.addAll(CredentialListener.heard());
    assertThat(places.seen()).contains(Kind.TABLE, Kind.WRITTEN, Kind.APIS_WRITTEN, Kind.ANSWER);
    assertFound(connection);
    for (Kind kind : Set.of(Kind.TABLE, Kind.APIS_WRITTEN, Kind.ANSWER)) {
      assertThat(places.having(new Secret("the name of an API", "reports-internal"), kind))
          .as("what is kept compressed is found in %s", kind)
          .isNotEmpty();
    }
    secrets.add(new Secret("what an answer carries besides", PlantedSecret.MARK));
    assertNowhere(secrets);
    Secret account = new Secret("account", customer);
    assertThat(places.having(account, Kind.TABLE)).as("the connection names it").isNotEmpty();
    for (Kind kind : Set.of(Kind.APIS_WRITTEN, Kind.LOG, Kind.METRIC, Kind.STATE_MACHINE)) {
      assertThat(places.having(account, kind)).as("the account in %s", kind).isEmpty();
    }
    for (String answer : ofApis) {
      assertThat(account.isIn(answer)).as(answer).isFalse();
    }
  }

  private void assertFound(Secret connection) {
    for (Kind kind :
        Set.of(
            Kind.TABLE,
            Kind.TABLE_FILE,
            Kind.WRITTEN,
            Kind.STREAM_RECORD,
            Kind.STATE_MACHINE,
            Kind.ANSWER,
            Kind.LOG)) {
      assertThat(places.having(connection, kind)).as("what may be there is found").isNotEmpty();
    }
  }

  private void assertNowhere(Set<Secret> all) {
    for (Kind kind : Kind.values()) {
      for (Secret secret : all) {
        assertThat(places.having(secret, kind)).as("%s in %s", secret.what(), kind).isEmpty();
      }
    }
  }

  private interface Life {
    /** The connection's id, which is no secret. */
    Secret lived(LocalBackend backend) throws Exception;
  }

  /** Lives it in front of everything that listens. */
  private Secret observed(Path folder, Life life) throws Exception {
    PrintStream standardOut = System.out;
    ByteArrayOutputStream metrics = new ByteArrayOutputStream();
    // Elsewhere than in Lambda, which it knows by the environment, the library looks for an agent.
    EnvironmentConfigurationProvider.getConfig().setEnvironmentOverride(Environments.Lambda);
    System.setOut(new PrintStream(metrics, true, StandardCharsets.UTF_8));
    Logs logs = Logs.heard();
    Secret connection;
    try (LocalBackend backend =
        LocalBackend.start(
            new LocalBackend.Options(0, Optional.of(folder), sample()),
            places::keep,
            functions ->
                places.kept(
                    (function, event) ->
                        RequestListener.invoke(functions, function, event, places::keepWritten),
                    CREATED::equals),
            Telemetry.powertools())) {
      connection = life.lived(backend);
    } finally {
      System.setOut(standardOut);
      logs.end();
    }
    logs.lines().forEach(line -> places.add(Kind.LOG, line));
    metrics
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("\"_aws\""))
        .forEach(line -> places.add(Kind.METRIC, line));
    places.keepFiles(folder.resolve("tables"));
    return connection;
  }

  /** Finds the APIs of an account, twice, and shows them in every way. The connection's id. */
  private Secret audit(LocalBackend backend) throws Exception {
    SampleAws aws = backend.sample().aws();
    customer = aws.customerAccountId();
    try (ApiClient api = new ApiClient(backend.url(), backend.token("acme"))) {
      JsonNode pending = api.post("/connections", Map.of("name", "canary", "tier", "audit"));
      ExternalId externalId = new ExternalId(pending.path("externalId").asText());
      String connection = "/connections/" + pending.path("id").asText();
      String role = backend.grant(externalId, Tier.AUDIT).value();
      secrets.add(new Secret("External ID", externalId.value()));
      secrets.add(new Secret("role ARN", role));
      api.put(connection + "/role", Map.of("roleArn", role));
      scan(backend, api, connection);
      // Of the next scan a region is missing, whichever the fault finds first.
      ofApis.add(api.get(connection + "/apis?limit=500").toString());
      String telling = "User may not read " + PlantedSecret.of("refusal");
      for (String broken : List.of("apigateway:GetStages", "lambda:ListFunctions")) {
        String[] call = broken.split(":", 2);
        aws.faults().next(call[0], call[1], Faults.ANY, Fault.error(403, "Denied", telling));
      }
      aws.faults()
          .next("appsync", Faults.ANY, Faults.ANY, Fault.error(400, "Broken", telling).times(9));
      scan(backend, api, connection);
      aws.faults().clear();
      for (String path : List.of("/apis?limit=500", "/apis/changes", "/apis/catalog")) {
        if (path.equals("/apis/catalog")) {
          api.put(connection + path, Map.of("entries", List.of(Map.of("host", "api.example.com"))));
        }
        ofApis.add(api.get(connection + path).toString());
      }
      for (String region : aws.customer().regions()) {
        ofApis.add(api.get(connection + "/apis/openapi?region=" + region).toString());
      }
      for (String path : List.of("", "/history?detail=regions", "/calls")) {
        api.get(connection + path);
      }
      places.keepTables(backend);
      api.delete(connection);
      api.delete(connection + "/data");
      places.add(Kind.PUBLISHED_EVENT, api.get("/local/events").toString());
      return new Secret("connection", pending.path("id").asText());
    }
  }

  /** Connects, scans with and without faults, and disconnects. The connection's id, no secret. */
  private Secret live(LocalBackend backend) throws Exception {
    SampleAws aws = backend.sample().aws();
    try (ApiClient api = new ApiClient(backend.url(), backend.token("acme"))) {
      JsonNode pending = api.post("/connections", Map.of("name", "canary"));
      String externalId = pending.path("externalId").asText();
      String connection = "/connections/" + pending.path("id").asText();
      String role = role(aws, pending);
      secrets.add(new Secret("External ID", externalId));
      secrets.add(new Secret("role ARN", role));
      secrets.add(new Secret("role name", ROLE_NAME));
      api.put(connection + "/role", Map.of("roleArn", role));
      api.post(connection + "/verify", Map.of());
      scan(backend, api, connection);

      String telling = "User with " + externalId + " may not use " + role;
      Faults faults = aws.faults();
      faults.next("ec2", "DescribeInstances", "eu-west-1", Fault.error(403, "Denied", telling));
      faults.next("ec2", "DescribeInstances", "eu-west-2", Fault.error(500, "Broken", telling));
      faults.next("s3", Faults.ANY, Faults.ANY, Fault.error(403, "AccessDenied", telling));
      scan(backend, api, connection);
      for (String broken : List.of("sts:AssumeRole", "sts:GetCallerIdentity", "kms:Decrypt")) {
        String[] call = broken.split(":", 2);
        faults.next(call[0], call[1], Faults.ANY, Fault.error(400, "Broken", telling).always());
        scan(backend, api, connection);
        faults.clear();
      }
      faults.next("kms", "Decrypt", Faults.ANY, Fault.error(400, "Broken", telling));
      assertThatThrownBy(() -> api.post(connection + "/verify", Map.of()))
          .isInstanceOf(ApiException.class);
      assertThat(aws.deleteRole(role)).isTrue();
      scan(backend, api, connection);
      for (String path : List.of("", "/history?detail=regions", "/calls")) {
        api.get(connection + path);
      }
      places.keepTables(backend);
      api.delete(connection);
      places.keepTables(backend);
      api.delete(connection + "/data");
      places.add(Kind.PUBLISHED_EVENT, api.get("/local/events").toString());
      assertThat(aws.requests().matching(request -> !request.service().equals("kms")))
          .extracting(LoggedRequest::operation)
          .as("the four calls of the minimal tier, and AssumeRole before them")
          .containsOnly(
              "AssumeRole",
              "GetCallerIdentity",
              "DescribeRegions",
              "DescribeInstances",
              "ListBuckets");
      return new Secret("connection", pending.path("id").asText());
    }
  }

  private static String role(SampleAws aws, JsonNode pending) {
    return aws.putRole(
        aws.customerAccountId(),
        "/" + ROLE_NAME,
        pending.at("/role/trustPolicy").toString(),
        pending.at("/role/permissionPolicy").toString());
  }

  private static void scan(LocalBackend backend, ApiClient api, String connection)
      throws Exception {
    String scan = api.post(connection + "/scans", Map.of()).path("scanId").asText();
    backend.settled();
    api.get(connection + "/scans/" + scan);
  }

  private static CustomerSide.Sample sample() {
    return new CustomerSide.Sample(
        SampleConfig.defaults().withInstances(60).withApis(35).withRegions(6), Set.of());
  }

  @Test
  void wouldFindASecretHoweverItIsWritten() throws Exception {
    Secret secret = new Secret("canary", "arn:aws:iam::111122223333:role/Canary?");
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(deflated, new Deflater(Deflater.BEST_COMPRESSION, true))) {
      out.write(("{\"a\":\"" + secret.value() + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    assertThat(secret.isIn(deflated.toByteArray())).isTrue();
    for (String before : List.of("", "a", "ab", "abc")) {
      String text = before + secret.value() + "and more";
      assertThat(secret.isIn(text)).isTrue();
      assertThat(secret.isIn(base64(text))).isTrue();
    }
    assertThat(secret.isIn("arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2FCanary%3F")).isTrue();
    assertThat(secret.isIn("arn:aws:iam::111122223333:role\\/Canary?")).isTrue();
    assertThat(secret.isIn("arn:aws:iam::111122223333:role/Canar")).isFalse();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What the functions log, in the form in which Lambda would take it. */
  private static final class Logs extends AbstractAppender {
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

    private Logs() {
      super(
          "heard",
          null,
          context().getConfiguration().getAppender("Lambda").getLayout(),
          false,
          Property.EMPTY_ARRAY);
    }

    static Logs heard() {
      Logs logs = new Logs();
      logs.start();
      context().getConfiguration().getRootLogger().addAppender(logs, null, null);
      context().updateLoggers();
      return logs;
    }

    private static LoggerContext context() {
      return (LoggerContext) LogManager.getContext(false);
    }

    @Override
    public void append(LogEvent event) {
      lines.add(new String(getLayout().toByteArray(event), StandardCharsets.UTF_8));
    }

    List<String> lines() {
      return List.copyOf(lines);
    }

    void end() {
      context().getConfiguration().getRootLogger().removeAppender("heard");
      stop();
    }
  }
}
