package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.cloudformation.ReferenceResolver;
import io.cloudoperator.local.RawTemplate;
import io.cloudoperator.platform.template.Template;
import io.cloudoperator.platform.template.Trigger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each function's IAM role allows what the function does, and nothing else: its calls in the whole
 * life of a connection are held against template.yaml.
 */
@Order(2)
class LeastPrivilegeTest {
  private static final RawTemplate TEMPLATE = RawTemplate.of("template.yaml");
  private static final Set<String> SERVICES = Set.of("events", "dynamodb", "kms", "sts", "states");
  private static final String STREAM = "the stream of ScansTable";

  // Lambda polls the stream with the function's role; the function itself never does.
  // https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html
  private static final Set<String> POLLING =
      Set.of(
          "dynamodb:DescribeStream on " + STREAM,
          "dynamodb:GetRecords on " + STREAM,
          "dynamodb:GetShardIterator on " + STREAM,
          "dynamodb:ListStreams on *");

  private static final Invocations INVOCATIONS = new Invocations();
  private static Template template;
  private static ReferenceResolver names;
  private static String broker;
  private static String key;
  private static String receiptKey;
  private static String canary;

  @BeforeAll
  static void liveAConnectionsLife() throws Exception {
    CustomerSide.Sample side = ConnectionLife.account();
    LocalBackend.Options options = new LocalBackend.Options(0, Optional.empty(), side);
    try (LocalBackend backend = LocalBackend.start(options, _ -> {}, INVOCATIONS::noted)) {
      template = LocalDeployment.of(backend.sample().aws(), side, Map.of()).template();
      broker = backend.sample().aws().brokerAccountId();
      key = backend.sample().aws().kmsKeyArn();
      receiptKey = backend.sample().aws().signingKeyArn();
      canary = SampleCustomer.canary(backend.sample().aws());
      names = names();
      ConnectionLife.live(backend, INVOCATIONS);
    }
  }

  private static ReferenceResolver names() {
    return ReferenceResolver.of(
            Map.of(
                "AWS::Partition", "aws",
                "AWS::AccountId", broker,
                "CustomerRolePattern", defaultOf("CustomerRolePattern"),
                "Key.Arn", key,
                "ReceiptKey.Arn", receiptKey,
                "CanaryRole.Arn", canary,
                "EventBus.Arn", "bus/EventBus",
                "ScansTable.StreamArn", STREAM))
        .orElse(template.names());
  }

  private static String defaultOf(String parameter) {
    return TEMPLATE.root().path("Parameters").path(parameter).path("Default").asText();
  }

  private static Stream<String> functions() {
    return TEMPLATE.resources("AWS::Serverless::Function").keySet().stream();
  }

  @Test
  void theLifeOfAConnectionTakesEveryRoute() {
    assertThat(INVOCATIONS.routes())
        .containsExactlyInAnyOrderElementsOf(
            template.triggers(Trigger.HttpRoute.class).stream()
                .map(Trigger.HttpRoute::key)
                .toList());
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aRoleAllowsWhateverItsFunctionDoes(String function) {
    Grants role = grants(function);

    assertThat(INVOCATIONS.of(function))
        .isNotEmpty()
        .filteredOn(call -> !role.allow(call))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aRoleAllowsNothingThatItsFunctionNeverDoes(String function) {
    assertThat(grants(function).unneededBy(INVOCATIONS.of(function), SERVICES))
        .isEqualTo(
            Set.of("TrimFunction", "VerifyFunction").contains(function) ? POLLING : Set.of());
  }

  @Test
  void aRoleIsAssumedByThatNameOnlyAndNeverInOurOwnAccount() {
    Grants plan = grants("PlanFunction");

    assertThat(plan.allow(assuming("999988887777", "CloudOperatorReadOnly"))).isTrue();
    assertThat(plan.allow(assuming("999988887777", "Admin"))).isFalse();
    assertThat(plan.allow(assuming(broker, "CloudOperatorReadOnly"))).isFalse();
    assertThat(plan.allow(assuming(broker, "cloudoperator/broker/ConnectRole"))).isFalse();
  }

  @Test
  void theCanaryIsTheOnlyRoleOfOurOwnThatIsAssumed() {
    assertThat(grants("PlanFunction").allow(new AwsCall("sts:AssumeRole", canary))).isTrue();
    assertThat(grants("VerifyFunction").allow(new AwsCall("sts:AssumeRole", canary))).isTrue();
    assertThat(grants("ConnectFunction").allow(new AwsCall("sts:AssumeRole", canary))).isFalse();
    assertThat(grants("ScanRegionsFunction").allow(new AwsCall("sts:AssumeRole", canary)))
        .isFalse();
  }

  @Test
  void theKeyIsOfNoUseWithoutTenantAndConnection() {
    String tenant = "kms:EncryptionContext:tenant";
    String connection = "kms:EncryptionContext:connection";
    Grants plan = grants("PlanFunction");

    assertThat(plan.allow(decrypting(Set.of(tenant, connection)))).isTrue();
    assertThat(plan.allow(decrypting(Set.of(tenant)))).isFalse();
    assertThat(plan.allow(decrypting(Set.of(connection)))).isFalse();
  }

  private static Grants grants(String function) {
    return new Grants(TEMPLATE, function, names);
  }

  private static AwsCall assuming(String account, String role) {
    return new AwsCall("sts:AssumeRole", "arn:aws:iam::" + account + ":role/" + role);
  }

  private static AwsCall decrypting(Set<String> conditionKeys) {
    return new AwsCall("kms:Decrypt", key, conditionKeys);
  }
}
