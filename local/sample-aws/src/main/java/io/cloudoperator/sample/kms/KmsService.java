package io.cloudoperator.sample.kms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.iam.AccessRequest;
import io.cloudoperator.sample.iam.Decision;
import io.cloudoperator.sample.iam.Evaluation;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.Protocol;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.WireResponse;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** KMS: keys. Each key belongs to one account and trusts that account's IAM. */
public final class KmsService extends Service {

  // https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html
  private static final int LARGEST_PLAINTEXT = 4096;

  private static final Set<String> GENERATE =
      Set.of("KeyId", "KeySpec", "NumberOfBytes", "EncryptionContext");
  private static final Set<String> ENCRYPT =
      Set.of("KeyId", "Plaintext", "EncryptionContext", "EncryptionAlgorithm");
  private static final Set<String> DECRYPT =
      Set.of("KeyId", "CiphertextBlob", "EncryptionContext", "EncryptionAlgorithm");

  private final KeyRing keys;

  public KmsService(KeyRing keys) {
    super("kms", Protocol.JSON, "TrentService");
    this.keys = keys;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        operation("GenerateDataKey", call -> generateDataKey(call, true)),
        operation("GenerateDataKeyWithoutPlaintext", call -> generateDataKey(call, false)),
        operation("Encrypt", this::encrypt),
        operation("Decrypt", this::decrypt),
        operation("DescribeKey", this::describeKey),
        operation("Sign", this::sign),
        operation("Verify", this::verify),
        operation("GetPublicKey", this::publicKey));
  }

  @FunctionalInterface
  private interface Answer {
    ObjectNode to(ServiceCall call) throws GeneralSecurityException;
  }

  private static Operation operation(String name, Answer answer) {
    return Operation.named(
            name,
            call -> {
              try {
                return WireResponse.of(
                    200, "application/x-amz-json-1.1", answer.to(call).toString());
              } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
              }
            })
        .asking();
  }

  private ObjectNode generateDataKey(ServiceCall call, boolean plain)
      throws GeneralSecurityException {
    KmsInput input = KmsInput.of(call.request(), GENERATE);
    KmsKey key = symmetricKey(call, input);
    Optional<String> spec = input.text("KeySpec");
    Optional<Integer> number = input.number("NumberOfBytes");
    if (spec.isPresent() == number.isPresent()) {
      throw KmsInput.validation("Please specify either number of bytes or key spec.");
    }
    int count =
        number.orElseGet(() ->
            switch (spec.orElse("")) {
              case "AES_256" -> 32;
              case "AES_128" -> 16;
              default -> throw KmsInput.validation("KeySpec must be AES_256 or AES_128");
            });
    if (count < 1 || count > 1024) {
      throw KmsInput.validation("NumberOfBytes must be 1 to 1024");
    }
    byte[] dataKey = KmsKey.randomBytes(count);
    ObjectNode answer = KmsInput.JSON.createObjectNode();
    answer.put("CiphertextBlob", seal(key, dataKey, input.context()));
    answer.put("KeyId", key.arn());
    if (plain) {
      answer.put("Plaintext", dataKey);
    }
    return answer;
  }

  private ObjectNode encrypt(ServiceCall call) throws GeneralSecurityException {
    KmsInput input = KmsInput.of(call.request(), ENCRYPT);
    KmsKey key = symmetricKey(call, input);
    byte[] plaintext = input.bytes("Plaintext");
    if (plaintext.length < 1 || plaintext.length > LARGEST_PLAINTEXT) {
      throw KmsInput.validation("Plaintext must have 1 to " + LARGEST_PLAINTEXT + " bytes");
    }
    return KmsInput.JSON
        .createObjectNode()
        .put("CiphertextBlob", seal(key, plaintext, input.context()))
        .put("KeyId", key.arn())
        .put("EncryptionAlgorithm", "SYMMETRIC_DEFAULT");
  }

  private ObjectNode decrypt(ServiceCall call) {
    KmsInput input = KmsInput.of(call.request(), DECRYPT);
    Ciphertext ciphertext =
        Ciphertext.decode(input.bytes("CiphertextBlob")).orElseThrow(KmsService::invalid);
    KmsKey key =
        keys.find(ciphertext.keyArn(), call.caller().accountId(), call.region())
            .filter(KmsKey.class::isInstance)
            .map(KmsKey.class::cast)
            .orElseThrow(KmsService::invalid);
    authorize(call, key.arn(), input.context());
    if (input.text("KeyId").isPresent() && !key(call, input).arn().equals(key.arn())) {
      throw new AwsError(
          400,
          "IncorrectKeyException",
          "The key ID in the request does not identify a CMK that can perform this operation.");
    }
    try {
      return KmsInput.JSON
          .createObjectNode()
          .put("KeyId", key.arn())
          .put("Plaintext", key.decrypt(ciphertext.sealed(), Ciphertext.canonical(input.context())))
          .put("EncryptionAlgorithm", "SYMMETRIC_DEFAULT");
    } catch (GeneralSecurityException e) {
      throw invalid();
    }
  }

  private ObjectNode sign(ServiceCall call) throws GeneralSecurityException {
    KmsInput input = KmsInput.of(call.request(), SignOperations.SIGN);
    SigningKey key = signingKey(call, input);
    return SignOperations.sign(key, input);
  }

  private ObjectNode verify(ServiceCall call) throws GeneralSecurityException {
    KmsInput input = KmsInput.of(call.request(), SignOperations.VERIFY);
    SigningKey key = signingKey(call, input);
    return SignOperations.verify(key, input);
  }

  private ObjectNode publicKey(ServiceCall call) throws GeneralSecurityException {
    Key key = key(call, KmsInput.of(call.request(), Set.of("KeyId")));
    return switch (key) {
      case SigningKey signing -> SignOperations.publicKey(signing);
      case KmsKey symmetric ->
          throw new AwsError(
              400,
              "UnsupportedOperationException",
              symmetric.arn()
                  + " key spec is SYMMETRIC_DEFAULT which is not valid for GetPublicKey.");
    };
  }

  private ObjectNode describeKey(ServiceCall call) {
    Key key = key(call, KmsInput.of(call.request(), Set.of("KeyId")));
    ObjectNode answer = KmsInput.JSON.createObjectNode();
    ObjectNode metadata =
        answer
            .putObject("KeyMetadata")
            .put("AWSAccountId", key.accountId())
            .put("Arn", key.arn())
            .put("KeyId", key.id())
            .put("CreationDate", Instant.parse("2026-01-01T00:00:00Z").getEpochSecond())
            .put("Description", "")
            .put("Enabled", true)
            .put("KeyManager", "CUSTOMER")
            .put("KeyState", "Enabled")
            .put("MultiRegion", false)
            .put("Origin", "AWS_KMS");
    switch (key) {
      case KmsKey _ ->
          metadata
              .put("KeySpec", "SYMMETRIC_DEFAULT")
              .put("CustomerMasterKeySpec", "SYMMETRIC_DEFAULT")
              .put("KeyUsage", "ENCRYPT_DECRYPT")
              .putArray("EncryptionAlgorithms")
              .add("SYMMETRIC_DEFAULT");
      case SigningKey _ -> SignOperations.describe(metadata);
    }
    return answer;
  }

  private KmsKey symmetricKey(ServiceCall call, KmsInput input) {
    return switch (key(call, input)) {
      case KmsKey key -> key;
      case SigningKey key -> throw notFor(call, key, "SIGN_VERIFY");
    };
  }

  private SigningKey signingKey(ServiceCall call, KmsInput input) {
    return switch (key(call, input)) {
      case SigningKey key -> key;
      case KmsKey key -> throw notFor(call, key, "ENCRYPT_DECRYPT");
    };
  }

  private static AwsError notFor(ServiceCall call, Key key, String usage) {
    return new AwsError(
        400,
        "InvalidKeyUsageException",
        "%s key usage is %s which is not valid for %s.".formatted(key.arn(), usage, call.action()));
  }

  /** The key that the request names, if the caller may use it so. */
  private Key key(ServiceCall call, KmsInput input) {
    String name =
        input
            .text("KeyId")
            .orElseThrow(() ->
                KmsInput.validation(
                    "1 validation error detected: Value null at 'keyId' failed to satisfy"
                        + " constraint: Member must not be null"));
    Optional<Key> key = keys.find(name, call.caller().accountId(), call.region());
    authorize(call, key.map(Key::arn).orElse(name), input.context());
    return key.orElseThrow(() ->
        new AwsError(
            400,
            "NotFoundException",
            name.contains("alias/")
                ? "Alias " + name + " is not found."
                : "Key '" + name + "' does not exist"));
  }

  private static void authorize(ServiceCall call, String resource, Map<String, String> context) {
    String action = "kms:" + call.action();
    AccessRequest request = call.access(action, resource);
    for (Map.Entry<String, String> entry : context.entrySet()) {
      request = request.with("kms:EncryptionContext:" + entry.getKey(), entry.getValue());
    }
    Decision decision = Evaluation.ofIdentity(call.caller(), request);
    boolean foreign =
        resource.startsWith("arn:") && !resource.contains(":" + call.caller().accountId() + ":");
    if (!decision.allowed() || foreign) {
      throw new AwsError(
          400,
          "AccessDeniedException",
          "User: %s is not authorized to perform: %s on resource: %s%s"
              .formatted(
                  call.caller().arn(),
                  action,
                  resource,
                  decision.allowed()
                      ? " because no resource-based policy allows the " + action + " action"
                      : decision.reason(action)));
    }
  }

  private static byte[] seal(KmsKey key, byte[] plaintext, Map<String, String> context)
      throws GeneralSecurityException {
    return new Ciphertext(key.arn(), key.encrypt(plaintext, Ciphertext.canonical(context)))
        .encode();
  }

  private static AwsError invalid() {
    return new AwsError(400, "InvalidCiphertextException", "");
  }
}
