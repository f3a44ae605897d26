package io.cloudoperator.sample.kms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.iam.AccessRequest;
import io.cloudoperator.sample.iam.Decision;
import io.cloudoperator.sample.iam.Evaluation;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Call;
import io.cloudoperator.sample.wire.Params;
import io.cloudoperator.sample.wire.Reply;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceName;
import io.cloudoperator.sample.wire.WireRequest;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** KMS in the JSON 1.1 protocol. Each key belongs to one account and trusts that account's IAM. */
public final class KmsService implements Service {

  private static final String TARGET = "TrentService.";

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
    this.keys = keys;
  }

  @Override
  public ServiceName name() {
    return ServiceName.KMS;
  }

  @Override
  public Call.Operation decode(WireRequest request) {
    String target = request.header("X-Amz-Target").orElse("");
    if (!target.startsWith(TARGET)) {
      throw unknownOperation();
    }
    return new Call.Operation(target.substring(TARGET.length()), Params.parse());
  }

  @Override
  public Reply answer(Call call) {
    try {
      ObjectNode answer =
          switch (call.action()) {
            case "GenerateDataKey" -> generateDataKey(call, true);
            case "GenerateDataKeyWithoutPlaintext" -> generateDataKey(call, false);
            case "Encrypt" -> encrypt(call);
            case "Decrypt" -> decrypt(call);
            case "DescribeKey" -> describeKey(call);
            case "Sign" -> sign(call);
            case "Verify" -> verify(call);
            case "GetPublicKey" -> publicKey(call);
            default -> {
              authorize(call, "*", Map.of());
              throw unknownOperation();
            }
          };
      return Reply.of(200, "application/x-amz-json-1.1", KmsInput.JSON.writeValueAsString(answer));
    } catch (GeneralSecurityException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private ObjectNode generateDataKey(Call call, boolean plain) throws GeneralSecurityException {
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

  private ObjectNode encrypt(Call call) throws GeneralSecurityException {
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

  private ObjectNode decrypt(Call call) {
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

  private ObjectNode sign(Call call) throws GeneralSecurityException {
    KmsInput input = KmsInput.of(call.request(), Signing.SIGN);
    SigningKey key = signingKey(call, input);
    return Signing.sign(key, input);
  }

  private ObjectNode verify(Call call) throws GeneralSecurityException {
    KmsInput input = KmsInput.of(call.request(), Signing.VERIFY);
    SigningKey key = signingKey(call, input);
    return Signing.verify(key, input);
  }

  private ObjectNode publicKey(Call call) throws GeneralSecurityException {
    Key key = key(call, KmsInput.of(call.request(), Set.of("KeyId")));
    return switch (key) {
      case SigningKey signing -> Signing.publicKey(signing);
      case KmsKey symmetric ->
          throw new AwsError(
              400,
              "UnsupportedOperationException",
              symmetric.arn()
                  + " key spec is SYMMETRIC_DEFAULT which is not valid for GetPublicKey.");
    };
  }

  private ObjectNode describeKey(Call call) {
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
      case SigningKey _ -> Signing.describe(metadata);
    }
    return answer;
  }

  private KmsKey symmetricKey(Call call, KmsInput input) {
    return switch (key(call, input)) {
      case KmsKey key -> key;
      case SigningKey key -> throw notFor(call, key, "SIGN_VERIFY");
    };
  }

  private SigningKey signingKey(Call call, KmsInput input) {
    return switch (key(call, input)) {
      case SigningKey key -> key;
      case KmsKey key -> throw notFor(call, key, "ENCRYPT_DECRYPT");
    };
  }

  private static AwsError notFor(Call call, Key key, String usage) {
    return new AwsError(
        400,
        "InvalidKeyUsageException",
        "%s key usage is %s which is not valid for %s.".formatted(key.arn(), usage, call.action()));
  }

  /** The key that the request names, if the caller may use it so. */
  private Key key(Call call, KmsInput input) {
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

  private static void authorize(Call call, String resource, Map<String, String> context) {
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

  private static AwsError unknownOperation() {
    return new AwsError(400, "UnknownOperationException", "");
  }
}
