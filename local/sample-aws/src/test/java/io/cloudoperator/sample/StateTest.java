package io.cloudoperator.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.SdkBytes;
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
  void onlyTheOwnerMayReadIt() throws Exception {
    try (SampleAws _ = SampleAws.start(SampleConfig.defaults(), directory)) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(directory.resolve("sample-aws.json"))))
          .isEqualTo("rw-------");
    }
  }
}
