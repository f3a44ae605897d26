package io.cloudoperator.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidSignatureException;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SignRequest;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KmsTest {

  private static final Map<String, String> CONTEXT = Map.of("tenant", "t1", "connection", "c1");

  private static final SdkBytes MESSAGE = SdkBytes.fromUtf8String("what was deleted");
  private static final SigningAlgorithmSpec RS256 = SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_256;

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

  @ParameterizedTest
  @EnumSource(
      value = MessageType.class,
      names = {"RAW", "DIGEST"})
  void signsWhatAnybodyCanVerifyWithThePublicKey(MessageType type) throws Exception {
    SdkBytes message = type == MessageType.RAW ? MESSAGE : digest(MESSAGE);
    GetPublicKeyResponse published = broker.getPublicKey(each -> each.keyId(aws.signingKeyArn()));
    PublicKey key =
        KeyFactory.getInstance("RSA")
            .generatePublic(new X509EncodedKeySpec(published.publicKey().asByteArray()));

    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(key);
    verifier.update(MESSAGE.asByteArray());

    assertThat(verifier.verify(sign(message, type).asByteArray())).isTrue();
    assertThat(published.keySpec()).isEqualTo(KeySpec.RSA_2048);
    assertThat(published.keyUsage()).isEqualTo(KeyUsageType.SIGN_VERIFY);
    assertThat(published.signingAlgorithms()).contains(RS256);
  }

  @Test
  void verifiesItsOwnSignatureOfThatMessageAlone() {
    SdkBytes signature = sign(MESSAGE, MessageType.RAW);

    assertThat(verify(MESSAGE, MessageType.RAW, signature)).isTrue();
    assertThat(verify(digest(MESSAGE), MessageType.DIGEST, signature)).isTrue();
    assertThatThrownBy(() -> verify(SdkBytes.fromUtf8String("n"), MessageType.RAW, signature))
        .isInstanceOf(KmsInvalidSignatureException.class);
  }

  @Test
  void refusesADigestOfAnotherLengthAndAMessageThatIsTooLong() {
    assertCode("ValidationException", () -> sign(MESSAGE, MessageType.DIGEST));
    assertCode(
        "ValidationException", () -> sign(SdkBytes.fromByteArray(new byte[4097]), MessageType.RAW));
  }

  @Test
  void usesAKeyForWhatItIsForOnly() {
    assertCode(
        "InvalidKeyUsageException",
        () -> broker.sign(signing(MESSAGE, MessageType.RAW).keyId(aws.kmsKeyArn()).build()));
    assertCode(
        "InvalidKeyUsageException",
        () ->
            broker.sign(
                signing(MESSAGE, MessageType.RAW)
                    .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256)
                    .build()));
    assertCode(
        "InvalidKeyUsageException",
        () ->
            broker.generateDataKey(each ->
                each.keyId(aws.signingKeyArn())
                    .keySpec(DataKeySpec.AES_256)
                    .encryptionContext(CONTEXT)));
    assertCode(
        "UnsupportedOperationException",
        () -> broker.getPublicKey(each -> each.keyId(aws.kmsKeyArn())));
  }

  @Test
  void refusesAnAlgorithmThatDoesNotExist() {
    assertCode(
        "ValidationException",
        () -> broker.sign(signing(MESSAGE, MessageType.RAW).signingAlgorithm("HS256").build()));
  }

  @Test
  void describesAKeyThatSigns() {
    KeyMetadata key =
        broker.describeKey(each -> each.keyId("alias/cloudoperator-receipts")).keyMetadata();

    assertThat(key.arn()).isEqualTo(aws.signingKeyArn());
    assertThat(key.keyUsage()).isEqualTo(KeyUsageType.SIGN_VERIFY);
    assertThat(key.keySpec()).isEqualTo(KeySpec.RSA_2048);
    assertThat(key.signingAlgorithms()).contains(RS256);
  }

  @Test
  void deniesTheSigningKeyToAnotherAccount() {
    assertCode(
        "AccessDeniedException",
        () -> clients.kms(clients.customer()).sign(signing(MESSAGE, MessageType.RAW).build()));
  }

  private SdkBytes sign(SdkBytes message, MessageType type) {
    return broker.sign(signing(message, type).build()).signature();
  }

  private SignRequest.Builder signing(SdkBytes message, MessageType type) {
    return SignRequest.builder()
        .keyId(aws.signingKeyArn())
        .message(message)
        .messageType(type)
        .signingAlgorithm(RS256);
  }

  private boolean verify(SdkBytes message, MessageType type, SdkBytes signature) {
    return broker
        .verify(each ->
            each.keyId(aws.signingKeyArn())
                .message(message)
                .messageType(type)
                .signingAlgorithm(RS256)
                .signature(signature))
        .signatureValid();
  }

  private static SdkBytes digest(SdkBytes message) {
    try {
      return SdkBytes.fromByteArray(
          MessageDigest.getInstance("SHA-256").digest(message.asByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
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
