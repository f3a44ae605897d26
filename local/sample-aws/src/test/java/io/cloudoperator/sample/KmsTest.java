package io.cloudoperator.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KmsException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KmsTest {

  private static final Map<String, String> CONTEXT = Map.of("tenant", "t1", "connection", "c1");

  private SampleAws aws;
  private Clients clients;
  private KmsClient broker;

  @BeforeAll
  void start() throws Exception {
    aws = SampleAws.start(SampleConfig.defaults());
    clients = new Clients(aws);
    broker = clients.kms(clients.broker());
  }

  @AfterAll
  void stop() {
    aws.close();
  }

  @Test
  void decryptsADataKeyInTheSameContext() {
    GenerateDataKeyResponse key = dataKey();
    assertThat(key.plaintext().asByteArray()).hasSize(32);
    assertThat(key.keyId()).isEqualTo(aws.kmsKeyArn());
    assertThat(
            broker
                .decrypt(
                    each -> each.ciphertextBlob(key.ciphertextBlob()).encryptionContext(CONTEXT))
                .plaintext())
        .isEqualTo(key.plaintext());
  }

  @Test
  void doesNotDecryptInAnotherContext() {
    GenerateDataKeyResponse key = dataKey();
    assertThatThrownBy(() ->
            broker.decrypt(each ->
                each.ciphertextBlob(key.ciphertextBlob())
                    .encryptionContext(Map.of("tenant", "t1", "connection", "c2"))))
        .isInstanceOf(InvalidCiphertextException.class);
  }

  @Test
  void doesNotDecryptWhatWasChanged() {
    byte[] changed = dataKey().ciphertextBlob().asByteArray();
    changed[changed.length - 1] ^= 1;
    assertThatThrownBy(() ->
            broker.decrypt(each ->
                each.ciphertextBlob(SdkBytes.fromByteArray(changed)).encryptionContext(CONTEXT)))
        .isInstanceOf(InvalidCiphertextException.class);
  }

  @Test
  void deniesTheBrokerAKeyWithoutTenantAndConnection() {
    assertCode(
        "AccessDeniedException",
        () ->
            broker.generateDataKey(
                each -> each.keyId(aws.kmsKeyArn()).keySpec(DataKeySpec.AES_256)));
  }

  @Test
  void deniesTheKeyToAnotherAccount() {
    assertCode(
        "AccessDeniedException",
        () ->
            clients
                .kms(clients.customer())
                .generateDataKey(each ->
                    each.keyId(aws.kmsKeyArn())
                        .keySpec(DataKeySpec.AES_256)
                        .encryptionContext(CONTEXT)));
  }

  @Test
  void findsTheKeyByItsAlias() {
    assertThat(
            broker
                .generateDataKey(each ->
                    each.keyId("alias/cloudoperator")
                        .keySpec(DataKeySpec.AES_256)
                        .encryptionContext(CONTEXT))
                .keyId())
        .isEqualTo(aws.kmsKeyArn());
    assertThat(broker.describeKey(each -> each.keyId(aws.kmsKeyArn())).keyMetadata().enabled())
        .isTrue();
  }

  @Test
  void saysWhenThereIsNoSuchKey() {
    assertCode(
        "NotFoundException",
        () ->
            broker.describeKey(
                each -> each.keyId("arn:aws:kms:us-east-1:111122223333:key/absent")));
  }

  private GenerateDataKeyResponse dataKey() {
    return broker.generateDataKey(each ->
        each.keyId(aws.kmsKeyArn()).keySpec(DataKeySpec.AES_256).encryptionContext(CONTEXT));
  }

  private static void assertCode(
      String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KmsException.class, e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
  }
}
