package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.ConnectionEvent;
import io.cloudoperator.sample.AccessKey;
import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.vault.KmsRoleVault;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.KmsClient;

/** Sealed references, or parts of them, of which another row's were put in their place. */
class TamperedVerifyTest {
  private static final String ROLE = "arn:aws:iam::444455556666:role/CloudOperatorReadOnly";

  @SuppressWarnings("NullAway.Init")
  private static DeployedTables tables;

  @SuppressWarnings("NullAway.Init")
  private static SampleAws aws;

  @SuppressWarnings("NullAway.Init")
  private static KmsClient kms;

  private final String tenant = "tenant-" + UUID.randomUUID();
  private final Time time = new Time();
  private final RolesOfCustomers roles = new RolesOfCustomers();
  private final Heard heard = new Heard();
  private final Api api = new Api(handler(), tenant);

  @BeforeAll
  static void start() throws IOException {
    tables = new DeployedTables();
    aws = SampleAws.start(SampleConfig.defaults().withInstances(0));
    AccessKey key = aws.brokerCredentials();
    kms =
        KmsClient.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .region(Region.US_EAST_1)
            .endpointOverride(aws.endpoint())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())))
            .build();
  }

  @AfterAll
  static void stop() {
    kms.close();
    aws.close();
    tables.close();
  }

  private static Stream<Set<String>> parts() {
    return Stream.of(
        Set.of("dataKey"),
        Set.of("nonce"),
        Set.of("ciphertext"),
        Set.of("dataKey", "nonce"),
        Set.of("dataKey", "ciphertext"),
        Set.of("nonce", "ciphertext"),
        Set.of("dataKey", "nonce", "ciphertext"));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void noRoleIsProvenWithThoseOfAnotherConnection(Set<String> parts) {
    assertRefusedWith(parts, tenant);
  }

  @ParameterizedTest
  @MethodSource("parts")
  void noRoleIsProvenWithThoseOfAnotherTenant(Set<String> parts) {
    assertRefusedWith(parts, "tenant-" + UUID.randomUUID());
  }

  private void assertRefusedWith(Set<String> parts, String otherTenant) {
    String id = connected(api);
    String other = connected(api.as(otherTenant));
    replace(id, parts, row(otherTenant, other));
    roles.tried().clear();

    List<Answer> refused =
        List.of(
            api.post("/connections/" + id + "/verify"),
            api.put("/connections/" + id + "/role", "{\"roleArn\":\"" + ROLE + "\"}"));

    assertThat(refused)
        .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(409))
        .allSatisfy(answer -> assertThat(answer.at("/code")).isEqualTo("reference_tampered"));
    assertThat(roles.tried()).isEmpty();
    assertThat(heard.kinds())
        .containsExactly(ConnectionEvent.Kind.TAMPERED, ConnectionEvent.Kind.TAMPERED);
  }

  /** A pending connection that knows its role. */
  private static String connected(Api as) {
    String id = as.post("/connections", "{\"name\":\"Production\"}").at("/id");
    as.put("/connections/" + id + "/role", "{\"roleArn\":\"" + ROLE + "\"}");
    return id;
  }

  private static Map<String, AttributeValue> row(String tenant, String id) {
    return tables.rawConnections(tenant).stream()
        .filter(row -> Objects.equals(row.get("sk"), AttributeValue.fromS(id)))
        .findFirst()
        .orElseThrow();
  }

  private void replace(String id, Set<String> parts, Map<String, AttributeValue> from) {
    for (String part : parts) {
      tables
          .client()
          .updateItem(update ->
              update
                  .tableName(tables.connections())
                  .key(Map.of("pk", AttributeValue.fromS(tenant), "sk", AttributeValue.fromS(id)))
                  .updateExpression("SET #part = :value")
                  .expressionAttributeNames(Map.of("#part", part))
                  .expressionAttributeValues(
                      Map.of(":value", Objects.requireNonNull(from.get(part)))));
    }
  }

  private ConnectHandler handler() {
    return new ConnectHandler(
        new TestWiring(
            tables, time, new KmsRoleVault(kms, aws.kmsKeyArn(), SecureRandom::new), roles, heard),
        new Notary());
  }
}
