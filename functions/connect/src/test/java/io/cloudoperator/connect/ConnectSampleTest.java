package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.json.Json;
import io.cloudoperator.receipt.KmsReceiptKey;
import io.cloudoperator.receipt.KmsReceiptSigner;
import io.cloudoperator.receipt.Receipt;
import io.cloudoperator.receipt.ReceiptVerifier;
import io.cloudoperator.receipt.Verification;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.sample.AccessKey;
import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.session.StsRoleSessions;
import io.cloudoperator.store.DynamoLedgerStore;
import io.cloudoperator.vault.KmsRoleVault;
import io.cloudoperator.vault.RoleVault;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The real adapters against AWS as the sample plays it: every policy is evaluated. */
class ConnectSampleTest {
  private static final Path CUSTOMER_TEMPLATE =
      DeployedTables.REPOSITORY.resolve("customer/minimal-role.yaml");

  @SuppressWarnings("NullAway.Init")
  private static DeployedTables tables;

  @SuppressWarnings("NullAway.Init")
  private static SampleAws aws;

  @SuppressWarnings("NullAway.Init")
  private static SdkHttpClient http;

  private final String tenant = "tenant-" + UUID.randomUUID();
  private final Time time = new Time();
  private final List<String> measured = new ArrayList<>();
  private final Api api = new Api(handler(), tenant);

  @BeforeAll
  static void start() throws IOException {
    tables = new DeployedTables();
    aws = SampleAws.start(SampleConfig.defaults());
    http = StsRoleSessions.httpClient();
  }

  @AfterAll
  static void stop() {
    http.close();
    aws.close();
    tables.close();
  }

  @Test
  void provesTheRoleThatTheCustomersTemplateMakes() throws IOException {
    Answer created = create();

    Answer active = giveRole(created, launch(created.at("/externalId")));

    assertThat(active.status()).as(active.text()).isEqualTo(200);
    assertThat(active.at("/account")).isEqualTo(aws.customerAccountId());
    assertThat(active.at("/proof/verdict")).isEqualTo("proven");
  }

  @Test
  void provesTheRoleThatThePoliciesOfTheAnswerMake() {
    Answer created = create();

    String role =
        aws.putRole(
            aws.customerAccountId(),
            "/CloudOperatorByHand",
            created.body().at("/role/trustPolicy").toString(),
            created.body().at("/role/permissionPolicy").toString());

    assertThat(giveRole(created, role).at("/proof/verdict")).isEqualTo("proven");
  }

  @Test
  void measuresWhatStsMadeOfTheSessionPolicy() throws IOException {
    Answer created = create();

    giveRole(created, launch(created.at("/externalId")));

    assertThat(measured).contains("PackedPolicySize=true");
  }

  @Test
  void refusesARoleWhoseTrustPolicyAsksForNoExternalId() {
    Answer created = create();
    String role =
        aws.putRole(
            aws.customerAccountId(),
            "/CloudOperatorOpen",
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
            "Principal":{"AWS":"arn:aws:iam::%s:root"}}]}\
            """
                .formatted(aws.brokerAccountId()),
            created.body().at("/role/permissionPolicy").toString());

    assertThat(giveRole(created, role).at("/code")).isEqualTo("confused_deputy");
  }

  @Test
  void refusesARoleThatTrustsAnotherConnectionsExternalId() throws IOException {
    Answer theirs = create();
    Answer ours = create();

    Answer refused = giveRole(ours, launch(theirs.at("/externalId")));

    assertThat(refused.at("/code")).isEqualTo("role_not_assumable");
    assertThat(refused.at("/awsErrorCode")).isEqualTo("AccessDenied");
  }

  @Test
  void keepsNoRoleReferenceInTheClear() throws IOException {
    Answer created = create();
    String role = launch(created.at("/externalId"));
    giveRole(created, role);

    String raw = tables.rawConnections(tenant).toString();

    assertThat(raw).contains(created.at("/id")).doesNotContain(role, created.at("/externalId"));
  }

  @Test
  void givesAReceiptThatTheKeyOfKmsVerifies() throws IOException {
    Answer created = create();
    giveRole(created, launch(created.at("/externalId")));

    Answer disconnected = api.delete("/connections/" + created.at("/id"));

    assertThat(
            new ReceiptVerifier(new KmsReceiptKey(kms(), aws.signingKeyArn()))
                .verify(disconnected.at("/signature")))
        .isEqualTo(
            new Verification.Verified(
                Json.read(disconnected.body().get("receipt").toString(), Receipt.class)));
  }

  @Test
  void keepsTheCallsOfEachProofUnderASessionNameOfItsOwn() throws IOException {
    Answer created = create();
    String role = launch(created.at("/externalId"));
    aws.requests().clear();

    giveRole(created, role);
    time.sleep(Duration.ofSeconds(1));
    api.post("/connections/" + created.at("/id") + "/verify");

    List<Ledger> ledgers = ledgers(created);
    assertThat(ledgers).hasSize(2).allMatch(each -> each.kind() == Ledger.Kind.VERIFICATION);
    assertThat(ledgers.getFirst().begunAt()).isAfter(ledgers.getLast().begunAt());
    assertThat(rows(ledgers)).containsExactlyInAnyOrderElementsOf(logged()).hasSize(8);
    assertThat(aws.requests().of("sts", "AssumeRole"))
        .extracting(request -> request.parameters().get("RoleSessionName"))
        .containsExactlyElementsOf(
            ledgers.reversed().stream()
                .flatMap(ledger -> Collections.nCopies(3, ledger.session().value()).stream())
                .toList());
  }

  @Test
  void keepsTheCallsOfAProofThatFailed() throws IOException {
    Answer created = create();
    String role = launch(create().at("/externalId"));
    aws.requests().clear();

    giveRole(created, role);

    assertThat(rows(ledgers(created)))
        .containsExactlyInAnyOrderElementsOf(logged())
        .hasSizeGreaterThan(3)
        .allMatch(row -> row.endsWith("AssumeRole 403 AccessDenied"));
  }

  @Test
  void deletesTheCallsOfAConnectionThatWasNeverProvenWithIt() throws IOException {
    Answer created = create();
    giveRole(created, launch(create().at("/externalId")));

    Answer disconnected = api.delete("/connections/" + created.at("/id"));

    assertThat(disconnected.body().at("/receipt/deleted").toString())
        .contains("{\"what\":\"ledgers\",\"count\":2}");
    assertThat(tables.rawScans(tenant, created.at("/id"))).isEmpty();
  }

  private List<Ledger> ledgers(Answer created) {
    return new DynamoLedgerStore(tables.scanTables(time))
        .ledgers(new TenantId(tenant), new ConnectionId(created.at("/id")))
        .ledgers();
  }

  private static List<String> rows(List<Ledger> ledgers) {
    return ledgers.stream()
        .flatMap(ledger -> ledger.calls().stream())
        .map(call ->
            "%s %s %s %s %d %s"
                .formatted(
                    call.requestId(),
                    call.region(),
                    call.service(),
                    call.operation(),
                    call.status(),
                    call.errorCode()))
        .toList();
  }

  /** What AWS would have in its logs of it. */
  private static List<String> logged() {
    return aws.requests().matching(request -> !request.service().equals("kms")).stream()
        .map(request ->
            "%s %s %s %s %d %s"
                .formatted(
                    request.requestId(),
                    request.region(),
                    request.service(),
                    request.operation(),
                    request.status(),
                    request.errorCode()))
        .toList();
  }

  private static String launch(String externalId) throws IOException {
    return aws.launch(
        aws.customerAccountId(),
        CUSTOMER_TEMPLATE,
        Map.of(
            "ExternalId", externalId,
            "BrokerAccountId", aws.brokerAccountId(),
            "BrokerRolePattern", brokerRolePattern()));
  }

  private static String brokerRolePattern() {
    return aws.brokerRoleArn().replaceAll("[^/]+$", "*");
  }

  private Answer create() {
    return api.post("/connections", "{\"name\":\"Sample\"}");
  }

  private Answer giveRole(Answer created, String role) {
    return new Background(wiring(), tenant)
        .settled(
            api.put(
                "/connections/" + created.at("/id") + "/role", "{\"roleArn\":\"" + role + "\"}"));
  }

  private ConnectHandler handler() {
    return new ConnectHandler(wiring(), new KmsReceiptSigner(kms(), aws.signingKeyArn()));
  }

  private TestWiring wiring() {
    RoleVault vault = new KmsRoleVault(kms(), aws.kmsKeyArn(), SecureRandom::new);
    RoleSessions access =
        new StsRoleSessions(
            brokers(StsClient.builder().httpClient(http)).build(),
            http,
            Optional.of(aws.endpoint()),
            time,
            time);
    return new TestWiring(
        Map.of("BROKER_ACCOUNT", aws.brokerAccountId(), "BROKER_ROLE_PATTERN", brokerRolePattern()),
        tables,
        time,
        vault,
        access,
        new Heard(),
        Telemetry.logsAnd((metric, value, _) -> measured.add(metric + "=" + (value > 0))));
  }

  private static KmsClient kms() {
    return brokers(KmsClient.builder().httpClient(http)).build();
  }

  private static <B extends AwsClientBuilder<B, C>, C> B brokers(B builder) {
    AccessKey key = aws.brokerCredentials();
    return builder
        .endpointOverride(aws.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())));
  }
}
