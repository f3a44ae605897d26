package io.cloudoperator.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.local.RawTemplate.Statement;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/security.md promises of the deployment. */
class TemplateTest {
  private static final RawTemplate TEMPLATE = RawTemplate.of("template.yaml");
  private static final Set<String> FUNCTIONS =
      TEMPLATE.resources("AWS::Serverless::Function").keySet();
  private static final Set<String> BROKERS =
      Set.of("ConnectFunction", "VerifyFunction", "PlanFunction", "ScanRegionsFunction");

  @Test
  void onlyTheBrokersMayAssumeARole() {
    assertThat(TEMPLATE.functionsThatMay("sts:AssumeRole")).isEqualTo(BROKERS);
  }

  @Test
  void onlyTheyMayOpenARoleReference() {
    assertThat(TEMPLATE.functionsThatMay("kms:Decrypt")).isEqualTo(BROKERS);
  }

  @Test
  void onlyConnectMaySealOne() {
    assertThat(TEMPLATE.functionsThatMay("kms:GenerateDataKey")).containsExactly("ConnectFunction");
  }

  @Test
  void theyAssumeRolesOfThatNameOnlyAndNoneOfTheirOwnAccountButTheCanary() {
    String named = "{\"Fn::Sub\":\"arn:${AWS::Partition}:iam::*:role/${CustomerRolePattern}\"}";
    String own = "{\"Fn::Sub\":\"arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*\"}";
    String ofOurAccount =
        "{\"StringEquals\":{\"aws:ResourceAccount\":{\"Ref\":\"AWS::AccountId\"}}}";
    String canary = "{\"Fn::GetAtt\":[\"CanaryRole\",\"Arn\"]}";
    assertThat(BROKERS)
        .allSatisfy(function -> {
          String role = TEMPLATE.roleOf(function);
          boolean assumesTheCanary = Set.of("PlanFunction", "VerifyFunction").contains(function);
          assertThat(TEMPLATE.allowed(role))
              .filteredOn(statement -> statement.concerns("sts:AssumeRole"::equals))
              .flatExtracting(RawTemplate.Statement::resources)
              .extracting(JsonNode::toString)
              .containsExactlyElementsOf(
                  assumesTheCanary ? List.of(named, canary) : List.of(named));
          assertThat(TEMPLATE.denied(role))
              .singleElement()
              .satisfies(statement -> {
                assertThat(statement.actions()).containsExactly("sts:AssumeRole");
                if (assumesTheCanary) {
                  assertThat(statement.allResourcesBut()).singleElement().hasToString(canary);
                  assertThat(statement.condition()).hasToString(ofOurAccount);
                } else {
                  assertThat(statement.resources()).singleElement().hasToString(own);
                }
              });
        });
  }

  /** The one of our own roles that is assumed must not be able to do anything. */
  @Test
  void theCanaryHasNoPermissionAndTrustsTheBrokerRolesOnly() {
    JsonNode canary = TEMPLATE.properties("CanaryRole");

    assertThat(canary.has("Policies") || canary.has("ManagedPolicyArns")).isFalse();
    assertThat(canary.at("/AssumeRolePolicyDocument/Statement")).hasSize(1);
    assertThat(
            canary
                .at("/AssumeRolePolicyDocument/Statement/0/Condition/StringLike/aws:PrincipalArn")
                .path("Fn::Sub")
                .asText())
        .isEqualTo("arn:${AWS::Partition}:iam::${AWS::AccountId}:role${BrokerRolePath}*");
  }

  @Test
  void theirRolesAloneAreOnThePathThatCustomersTrust() {
    Set<String> onThePath = new TreeSet<>(TEMPLATE.resources("AWS::IAM::Role").keySet());
    onThePath.removeIf(role ->
        !TEMPLATE.properties(role).path("Path").path("Ref").asText().equals("BrokerRolePath"));

    assertThat(onThePath)
        .containsExactly("ConnectRole", "PlanRole", "ScanRegionsRole", "VerifyRole");
  }

  @Test
  void theKeyIsForRolesOnThatPathWithTenantAndConnectionInTheContext() {
    assertThat(TEMPLATE.properties("Key").path("KeyPolicy").path("Statement").valueStream())
        .map(Statement::new)
        .filteredOn(statement ->
            statement.concerns(
                action -> !action.matches("kms:(?!Decrypt|Encrypt|ReEncrypt|Generate|\\*).*")))
        .singleElement()
        .satisfies(statement -> {
          assertThat(statement.actions())
              .containsExactlyInAnyOrder("kms:Decrypt", "kms:GenerateDataKey");
          assertThat(statement.condition().at("/StringLike/aws:PrincipalArn/Fn::Sub").asText())
              .endsWith(":role${BrokerRolePath}*");
          assertThat(statement.condition().path("Null").properties())
              .extracting(Map.Entry::toString)
              .containsExactlyInAnyOrder(
                  "kms:EncryptionContext:tenant=\"false\"",
                  "kms:EncryptionContext:connection=\"false\"");
        });
  }

  @Test
  void theKeyRotates() {
    assertThat(TEMPLATE.properties("Key").path("EnableKeyRotation").asBoolean()).isTrue();
  }

  @Test
  void onlyConnectSignsReceipts() {
    assertThat(TEMPLATE.functionsThatMay("kms:Sign")).containsExactly("ConnectFunction");
    assertThat(TEMPLATE.properties("ReceiptKey").at("/KeyPolicy/Statement").valueStream())
        .map(Statement::new)
        .filteredOn(statement -> statement.concerns("kms:Sign"::equals))
        .singleElement()
        .satisfies(statement -> {
          assertThat(statement.actions()).containsExactly("kms:Sign");
          assertThat(statement.condition().at("/StringLike/aws:PrincipalArn/Fn::Sub").asText())
              .endsWith(":role${BrokerRolePath}*-ConnectRole-*");
        });
  }

  @Test
  void theKeyOfReceiptsSignsAndDoesNothingElse() {
    assertThat(TEMPLATE.properties("ReceiptKey").path("KeySpec").asText()).isEqualTo("RSA_2048");
    assertThat(TEMPLATE.properties("ReceiptKey").path("KeyUsage").asText())
        .isEqualTo("SIGN_VERIFY");
  }

  @Test
  void queryCanReadTablesAndAPublicKeyAndNothingElse() {
    assertThat(actions("QueryRole"))
        .containsExactlyInAnyOrder(
            "dynamodb:GetItem",
            "dynamodb:Query",
            "kms:GetPublicKey",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "xray:PutTelemetryRecords",
            "xray:PutTraceSegments");
  }

  @Test
  void concludeCanReadAConnectionButNotChangeItOrOpenItsReference() {
    assertThat(TEMPLATE.allowed("ConcludeRole"))
        .filteredOn(statement -> statement.resources().toString().contains("\"ConnectionsTable\""))
        .flatExtracting(Statement::actions)
        .containsExactlyInAnyOrder("dynamodb:ConditionCheckItem", "dynamodb:GetItem");
  }

  @Test
  void everyFunctionHasARoleOfItsOwn() {
    assertThat(FUNCTIONS).extracting(TEMPLATE::roleOf).doesNotContain("").doesNotHaveDuplicates();
  }

  @Test
  void onlyLambdaTakesTheRolesOfFunctions() {
    assertThat(FUNCTIONS)
        .extracting(TEMPLATE::roleOf)
        .allSatisfy(role ->
            assertThat(
                    TEMPLATE.properties(role).at("/AssumeRolePolicyDocument/Statement").toString())
                .isEqualTo(
                    "[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"lambda.amazonaws.com\"},"
                        + "\"Action\":\"sts:AssumeRole\"}]"));
  }

  @Test
  void noRoleAllowsAnActionByWildcard() {
    assertThat(TEMPLATE.resources("AWS::IAM::Role").keySet())
        .flatExtracting(this::actions)
        .noneMatch(action -> action.contains("*") || action.contains("?"));
  }

  @Test
  void onlyTracesLogDeliveryAndListStreamsAreAllowedOnAnyResource() {
    Set<String> onAny = new TreeSet<>();
    for (String role : TEMPLATE.resources("AWS::IAM::Role").keySet()) {
      TEMPLATE.allowed(role).stream()
          .filter(statement ->
              statement.resources().stream().anyMatch(resource -> resource.asText().equals("*")))
          .forEach(statement -> onAny.addAll(statement.actions()));
    }

    assertThat(onAny)
        .allMatch(action ->
            action.matches("xray:(Put|Get).*|logs:.*(Delivery|Deliveries|Polic|LogGroups).*")
                || action.equals("dynamodb:ListStreams"));
  }

  @Test
  void theTableOfRoleReferencesKeepsNoCopyOfWhatIsDeleted() {
    JsonNode table = TEMPLATE.properties("ConnectionsTable");

    assertThat(table.has("StreamSpecification")).isFalse();
    assertThat(table.has("KinesisStreamSpecification")).isFalse();
    assertThat(table.has("PointInTimeRecoverySpecification")).isFalse();
    assertThat(table.has("Replicas")).isFalse();
    assertThat(TEMPLATE.resources().values())
        .noneMatch(resource -> resource.path("Type").asText().startsWith("AWS::Backup::"));
  }

  @Test
  void theStreamOfScansCarriesKeysOnly() {
    assertThat(TEMPLATE.properties("ScansTable").at("/StreamSpecification/StreamViewType").asText())
        .isEqualTo("KEYS_ONLY");
  }

  @Test
  void itsDeadLettersAreEncrypted() {
    assertThat(TEMPLATE.properties("TrimFunction").findValue("OnFailure").toString())
        .contains("DeadLetters");
    assertThat(TEMPLATE.properties("DeadLetters").path("SqsManagedSseEnabled").asBoolean())
        .isTrue();
  }

  @Test
  void everyRouteButThePublicOnesAsksForTheScopeOfItsMethod() {
    Map<String, String> scopes = new TreeMap<>();
    for (JsonNode route : routes()) {
      String method = route.path("Method").asText();
      JsonNode auth = route.path("Auth");
      if (auth.path("Authorizer").asText().equals("NONE")) {
        scopes.put(method + " " + route.path("Path").asText(), "public");
      } else {
        assertThat(auth.has("Authorizer")).as("the default authorizer").isFalse();
        String path = route.path("Path").asText();
        // One shows an External ID; the other is given events and changes nothing.
        boolean reads =
            method.equals("GET")
                ? !path.equals("/connections/{connectionId}/grant")
                : path.equals("/connections/{connectionId}/calls/reconcile");
        String scope = reads ? "read" : method.equals("DELETE") ? "delete" : "write";
        assertThat(TEMPLATE.scopes(route).toString())
            .isEqualTo("[\"cloudoperator/" + scope + "\"]");
      }
    }

    assertThat(scopes.keySet())
        .containsExactly(
            "GET /",
            "GET /.well-known/security.txt",
            "GET /console",
            "GET /console/settings",
            "GET /console/{path+}",
            "GET /health",
            "GET /openapi.json",
            "GET /permissions",
            "GET /receipts/key",
            "GET /security",
            "GET /security/claims",
            "GET /trust.json",
            "POST /receipts/verify");
    assertThat(TEMPLATE.properties("Api").at("/Auth/DefaultAuthorizer").asText()).isEqualTo("Jwt");
  }

  @Test
  void accessLogsNameTheRouteAndNothingThatACallerWrote() {
    assertThat(TEMPLATE.properties("Api").at("/AccessLogSettings/Format").asText())
        .doesNotContainIgnoringCase("header")
        .doesNotContainIgnoringCase("query")
        .doesNotContainIgnoringCase("body")
        .doesNotContain("$context.path")
        .doesNotContain("$request")
        .satisfies(format -> assertThat(new ObjectMapper().readTree(format).isObject()).isTrue());
  }

  @Test
  void everyFunctionLogsToAGroupOfItsOwnThatForgets() {
    assertThat(FUNCTIONS)
        .extracting(
            function -> TEMPLATE.properties(function).at("/LoggingConfig/LogGroup/Ref").asText())
        .doesNotHaveDuplicates()
        .allSatisfy(group ->
            assertThat(TEMPLATE.properties(group).at("/RetentionInDays/Ref").asText())
                .isEqualTo("LogRetentionDays"));
  }

  @Test
  void theStateMachineIsExpressAndLogsNoData() {
    JsonNode machine = TEMPLATE.properties("ScanStateMachine");

    assertThat(machine.path("Type").asText()).isEqualTo("EXPRESS");
    assertThat(machine.at("/Logging/IncludeExecutionData").asBoolean(true)).isFalse();
  }

  @Test
  void theStateMachinePassesIdsAndRegionsOnly() throws IOException {
    JsonNode machine =
        new ObjectMapper()
            .readTree(
                Path.of(System.getProperty("repository.root", "."), "statemachine/scan.asl.json")
                    .toFile());
    Set<String> passed = new TreeSet<>();
    machine
        .findValues("Payload")
        .forEach(payload -> payload.fieldNames().forEachRemaining(passed::add));
    machine
        .findValues("ItemSelector")
        .forEach(item -> item.fieldNames().forEachRemaining(passed::add));

    assertThat(passed).containsExactly("connection.$", "error.$", "scan.$", "shard.$", "tenant.$");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set-for-each-account",
        "ext-1234567890123456",
        "cloudoperator-",
        "cloudoperator-123456789012",
        "cloudoperator-0123456789abcdefghijklmnopqrstuvwxyzABCDEFG/",
        "xcloudoperator-0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
        "CloudOperator-0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
        "6f1d2c3b-4a59-4e68-8d77-0123456789ab",
        ""
      })
  void thatRoleTakesNoExternalIdThatACustomerMayGuessOrChoose(String foreign) {
    assertThat(foreign).doesNotMatch(ExternalId.ISSUED);
    for (Tier tier : Tier.values()) {
      assertThat(cloudFormationPattern(tier).matcher(foreign).matches()).isFalse();
      assertThat(terraformPattern(tier).matcher(foreign).find()).isFalse();
    }
  }

  @RepeatedTest(20)
  void thatRoleTakesTheExternalIdsThatWeMake() {
    String ours = ExternalId.random(new SecureRandom()).value();

    for (Tier tier : Tier.values()) {
      assertThat(cloudFormationPattern(tier).matcher(ours).matches()).isTrue();
      assertThat(terraformPattern(tier).matcher(ours).find()).isTrue();
      assertThat(terraformPattern(tier).matcher(ours + "A").find()).isFalse();
    }
  }

  /** One value for many accounts is what an External ID must never be. */
  @ParameterizedTest
  @ValueSource(strings = {"minimal", "audit"})
  void thatRoleHasNoExternalIdOfItsOwn(String tier) {
    assertThat(externalId(tier).has("Default")).isFalse();
    assertThat(terraformExternalId(tier)).doesNotContain("default");
  }

  /** CloudFormation holds the whole value against it. */
  private static Pattern cloudFormationPattern(Tier tier) {
    return Pattern.compile(externalId(name(tier)).path("AllowedPattern").asText());
  }

  private static JsonNode externalId(String tier) {
    return customer(tier).root().at("/Parameters/ExternalId");
  }

  /** Terraform looks for it anywhere in the value. */
  private static Pattern terraformPattern(Tier tier) {
    Matcher regex =
        Pattern.compile("can\\(regex\\(\"([^\"]+)\", var\\.external_id\\)\\)")
            .matcher(terraformExternalId(name(tier)));
    assertThat(regex.find()).isTrue();
    return Pattern.compile(regex.group(1));
  }

  private static String terraformExternalId(String tier) {
    String file = SourceTree.read(SourceTree.ROOT.resolve("customer/" + tier + "-role.tf"));
    return file.substring(
        file.indexOf("variable \"external_id\""), file.indexOf("variable \"broker_account_id\""));
  }

  private static String name(Tier tier) {
    return tier.name().toLowerCase(Locale.ROOT);
  }

  private static RawTemplate customer(String tier) {
    return RawTemplate.of("customer/" + tier + "-role.yaml");
  }

  private List<String> actions(String role) {
    return TEMPLATE.allowed(role).stream()
        .flatMap(statement -> statement.actions().stream())
        .toList();
  }

  private static List<JsonNode> routes() {
    return TEMPLATE.resources("AWS::Serverless::Function").values().stream()
        .flatMap(function -> function.path("Properties").path("Events").valueStream())
        .filter(event -> event.path("Type").asText().equals("HttpApi"))
        .map(event -> event.path("Properties"))
        .toList();
  }
}
