package io.cloudoperator.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

final class StateTest {

  private static final Map<String, String> CONTEXT = Map.of("tenant", "t1", "connection", "c1");

  @TempDir private Path directory;

  @Test
  void rolesSessionsAndKeysOutliveARestart() throws Exception {
    AwsCredentials session;
    GenerateDataKeyResponse key;
    SdkBytes publicKey;
    AccessKey broker;
    try (SampleAws aws = SampleAws.start(SampleConfig.defaults(), directory)) {
      Clients clients = new Clients(aws);
      broker = aws.brokerCredentials();
      session = clients.session(clients.role());
      key =
          clients
              .kms(clients.broker())
              .generateDataKey(each ->
                  each.keyId(aws.kmsKeyArn())
                      .keySpec(DataKeySpec.AES_256)
                      .encryptionContext(CONTEXT));
      publicKey = publicKey(aws, clients);
    }
    try (SampleAws aws = SampleAws.start(SampleConfig.defaults(), directory)) {
      Clients clients = new Clients(aws);
      assertThat(aws.brokerCredentials()).isEqualTo(broker);
      assertThat(clients.ec2(session, "us-east-1").describeRegions().regions()).hasSize(34);
      assertThat(
              clients
                  .kms(clients.broker())
                  .decrypt(
                      each -> each.ciphertextBlob(key.ciphertextBlob()).encryptionContext(CONTEXT))
                  .plaintext())
          .isEqualTo(key.plaintext());
      assertThat(publicKey(aws, clients)).isEqualTo(publicKey);
    }
  }

  @Test
  void opensWhatAnEarlierReleaseKept() throws Exception {
    try (InputStream kept = getClass().getResourceAsStream("golden/sample-aws.json")) {
      Files.copy(kept, directory.resolve("sample-aws.json"));
    }
    String blob =
        "U0FNMQBLYXJuOmF3czprbXM6dXMtZWFzdC0xOjExMTEyMjIyMzMzMzprZXkvMjNhYzEzYjgtMmE1MC00ZTI1LThlOTct"
            + "NWU4NzU3YWJjZDk4qkL9rmxV0V3qdgAMu7kpO1yJQQP8/E+M3F7TwICXOp3avZe86s2KK1VBWas=";
    try (SampleAws aws = SampleAws.start(SampleConfig.defaults(), directory)) {
      Clients clients = new Clients(aws);
      assertThat(aws.brokerCredentials().accessKeyId()).isEqualTo("AKIAIOSFODNN7EXAMPLE");
      assertThat(
              clients
                  .kms(clients.broker())
                  .decrypt(each ->
                      each.ciphertextBlob(SdkBytes.fromByteArray(Base64.getDecoder().decode(blob)))
                          .encryptionContext(CONTEXT))
                  .plaintext()
                  .asByteArray())
          .isEqualTo(Base64.getDecoder().decode("xpDpEubtGnCbIHNZISpjPg=="));
    }
  }

  private static SdkBytes publicKey(SampleAws aws, Clients clients) {
    return clients
        .kms(clients.broker())
        .getPublicKey(each -> each.keyId(aws.signingKeyArn()))
        .publicKey();
  }

  @Test
  void aDeletedRoleStaysDeleted() throws Exception {
    String role;
    try (SampleAws aws = SampleAws.start(SampleConfig.defaults(), directory)) {
      role = new Clients(aws).role();
      aws.deleteRole(role);
    }
    try (SampleAws aws = SampleAws.start(SampleConfig.defaults(), directory)) {
      assertThatThrownBy(() -> new Clients(aws).session(role))
          .hasMessageContaining("is not authorized to perform: sts:AssumeRole");
    }
  }

  @Test
  void keepsWhatAPolicyIsCalled() throws Exception {
    try (SampleAws aws = SampleAws.start(SampleConfig.defaults(), directory)) {
      Clients clients = new Clients(aws);
      clients.role();
      clients
          .iam(clients.customer())
          .putRolePolicy(put ->
              put.roleName("Readonly").policyName("another").policyDocument(Clients.PERMISSIONS));
    }
    try (SampleAws aws = SampleAws.start(SampleConfig.defaults(), directory)) {
      Clients clients = new Clients(aws);
      assertThat(
              clients
                  .iam(clients.customer())
                  .listRolePolicies(list -> list.roleName("Readonly"))
                  .policyNames())
          .containsExactly("Readonly", "another");
    }
  }

  /** Its policies had no names: an inline one was called as its role. */
  @Test
  void namesThePoliciesThatAnEarlierReleaseKept() throws Exception {
    try (InputStream kept = getClass().getResourceAsStream("golden/sample-aws-audited.json")) {
      Files.copy(kept, directory.resolve("sample-aws.json"));
    }
    try (SampleAws aws = SampleAws.start(SampleConfig.defaults(), directory)) {
      Clients clients = new Clients(aws);
      IamClient iam = clients.iam(clients.customer());
      assertThat(iam.listRolePolicies(list -> list.roleName("CloudOperatorAudit")).policyNames())
          .containsExactly("CloudOperatorAudit");
      assertThat(
              iam.listAttachedRolePolicies(list -> list.roleName("CloudOperatorAudit"))
                  .attachedPolicies())
          .extracting(AttachedPolicy::policyArn)
          .containsExactly("arn:aws:iam::aws:policy/SecurityAudit");
    }
  }

  @Test
  void onlyTheOwnerMayReadIt() throws Exception {
    try (SampleAws _ = SampleAws.start(SampleConfig.defaults(), directory)) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(directory.resolve("sample-aws.json"))))
          .isEqualTo("rw-------");
    }
  }
}
