package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.cloudformation.TemplateYaml;
import io.cloudoperator.connection.Deletion;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.receipt.Remainder;
import io.cloudoperator.receipt.ServiceRetention;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What a receipt says that remains, held against what template.yaml makes. What it cannot be held
 * against, AWS's own retentions, has its page beside the constant.
 */
class RetainedDataTest {
  private static final JsonNode TEMPLATE = template();
  private static final Instant AT = Instant.parse("2076-11-22T12:00:00Z");

  /** What keeps something of a connection, and under which names receipts say so. */
  private static final Map<String, Set<String>> KEEPS =
      Map.of(
          "AWS::DynamoDB::Table", Set.of("copies of the tables", "keys in the stream"),
          "AWS::Serverless::Function",
              Set.of("a session that was open", "traces", "metrics", "CloudTrail of the account"),
          "AWS::Serverless::StateMachine", Set.of("traces"),
          "AWS::Logs::LogGroup",
              Set.of("logs of functions and of the state machine", "access log of the API"),
          "AWS::Serverless::HttpApi", Set.of("access log of the API"),
          "AWS::SQS::Queue", Set.of("keys in the stream"),
          "AWS::KMS::Key", Set.of("event history of the operator's account"),
          "AWS::Events::EventBus", Set.of("events about connections"),
          "AWS::Cognito::UserPool", Set.of("the tenant's login"));

  /** What keeps nothing of any connection. */
  private static final Set<String> KEEP_NOTHING =
      Set.of(
          "AWS::CloudWatch::Alarm",
          "AWS::Cognito::ManagedLoginBranding",
          "AWS::Cognito::UserPoolClient",
          "AWS::Cognito::UserPoolDomain",
          "AWS::Cognito::UserPoolResourceServer",
          "AWS::IAM::Role",
          "AWS::SQS::QueuePolicy");

  private static JsonNode template() {
    try (Reader source =
        Files.newBufferedReader(DeployedTables.REPOSITORY.resolve("template.yaml"))) {
      return TemplateYaml.read(source);
    } catch (IOException e) {
      throw new AssertionError("template.yaml cannot be read", e);
    }
  }

  @Test
  void knowsEveryKindOfResourceThatTheTemplateMakes() {
    Set<String> kinds = new TreeSet<>();
    TEMPLATE.path("Resources").forEach(resource -> kinds.add(resource.path("Type").asText()));
    Set<String> known = new TreeSet<>(KEEPS.keySet());
    known.addAll(KEEP_NOTHING);

    assertThat(kinds)
        .as("what keeps something of a connection, a receipt has to name")
        .isEqualTo(known);
    assertThat(KEEPS.values())
        .allSatisfy(names -> assertThat(remains()).extracting(Remainder::what).containsAll(names));
  }

  @Test
  void saysHowLongEachLogIsKept() {
    resources("AWS::Logs::LogGroup")
        .forEach(group ->
            assertThat(group.at("/Properties/RetentionInDays/Ref").asText())
                .isEqualTo("LogRetentionDays"));
    assertThat(
            TEMPLATE
                .at("/Resources/ConnectFunction/Properties/Environment/Variables")
                .at("/LOG_RETENTION_DAYS/Ref")
                .asText())
        .isEqualTo("LogRetentionDays");
    assertThat(groups())
        .allMatch(name ->
            name.startsWith("/cloudoperator/")
                || name.startsWith("/aws/vendedlogs/states/")
                || name.startsWith("/aws/vendedlogs/apigateway/"));
    assertThat(remainder("logs of functions and of the state machine").how())
        .contains("after 7 days");
    assertThat(remainder("access log of the API").how()).contains("after 7 days");
  }

  private static List<String> groups() {
    return resources("AWS::Logs::LogGroup").stream()
        .map(group -> group.at("/Properties/LogGroupName/Fn::Sub").asText())
        .toList();
  }

  @Test
  void saysWhatAnAccessLogHas() {
    String format = TEMPLATE.at("/Resources/Api/Properties/AccessLogSettings/Format").asText();

    assertThat(format).contains("$context.identity.sourceIp", "$context.authorizer.claims.sub");
    assertThat(format)
        .as("the route, and no path with a connection's id in it")
        .contains("$context.routeKey")
        .doesNotContain("$context.path", "$context.http", "$context.domain");
    assertThat(remainder("access log of the API").how())
        .contains("the caller's address", "the subject of its token", "no id of a connection");
  }

  @Test
  void saysThatThereAreTraces() {
    assertThat(TEMPLATE.at("/Globals/Function/Tracing").asText()).isEqualTo("Active");
    assertThat(TEMPLATE.at("/Resources/ScanStateMachine/Properties/Tracing/Enabled").asBoolean())
        .isTrue();
    assertThat(remainder("traces").until()).isPresent();
  }

  @Test
  void saysThatKeysLieInAStreamAndNothingMore() {
    assertThat(
            resources("AWS::DynamoDB::Table").stream()
                .map(table -> table.at("/Properties/StreamSpecification/StreamViewType").asText())
                .filter(type -> !type.isEmpty()))
        .containsExactly("KEYS_ONLY");
    assertThat(TEMPLATE.at("/Resources/DeadLetters/Properties/MessageRetentionPeriod").asLong())
        .isEqualTo(ServiceRetention.DEAD_LETTERS.toSeconds());
    assertThat(remainder("keys in the stream").how()).contains("in an SQS queue for 14 days");
  }

  @Test
  void saysThatThereIsNoBackupAndThatAReplacedTableStays() {
    assertThat(resources("AWS::DynamoDB::Table"))
        .hasSize(2)
        .allSatisfy(table -> {
          assertThat(table.at("/Properties/PointInTimeRecoverySpecification").isMissingNode())
              .isTrue();
          assertThat(table.at("/Properties/Replicas").isMissingNode()).isTrue();
          assertThat(table.path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
        });
    assertThat(remainder("copies of the tables").how())
        .contains("no backup", "no point-in-time recovery", "replaced a table");
  }

  /** Whoever may assume a role may have read its reference just before it was deleted. */
  @Test
  void saysHowLongASessionMayLive() {
    long longest =
        resources("AWS::Serverless::Function").stream()
            .filter(function -> function.toString().contains("\"KEY_ARN\""))
            .mapToLong(function -> function.at("/Properties/Timeout").asLong())
            .max()
            .orElseThrow();

    assertThat(Duration.ofSeconds(longest)).isEqualTo(RetainedData.LONGEST_INVOCATION);
    assertThat(remainder("a session that was open").until())
        .contains(AT.plusSeconds(900 + longest));
  }

  @Test
  void saysThatReceiptsAreForgotten() {
    assertThat(
            TEMPLATE
                .at("/Resources/ConnectionsTable/Properties/TimeToLiveSpecification/AttributeName")
                .asText())
        .isEqualTo("ttl");
    assertThat(remainder("this receipt").how()).contains(AT.plus(Deletion.KEPT_FOR).toString());
  }

  @Test
  void saysThatTheBusKeepsNoEvents() {
    assertThat(resources("AWS::Events::EventBus")).hasSize(1);
    assertThat(remainder("events about connections").how()).contains("The bus itself keeps none");
  }

  private static List<Remainder> remains() {
    return new RetainedData(Duration.ofDays(7))
        .after(Deletion.Scope.of(new TenantId("acme")), Optional.empty(), AT);
  }

  private static Remainder remainder(String what) {
    return remains().stream()
        .filter(remainder -> remainder.what().equals(what))
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonNode> resources(String type) {
    return TEMPLATE
        .path("Resources")
        .valueStream()
        .filter(resource -> resource.path("Type").asText().equals(type))
        .toList();
  }
}
