package io.cloudoperator.sample.kms;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.iam.AccessRequest;
import io.cloudoperator.sample.iam.Decision;
import io.cloudoperator.sample.iam.Evaluation;
import io.cloudoperator.sample.kms.KmsKey.Usage;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.JsonBody;
import io.cloudoperator.sample.wire.JsonInput;
import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.Protocol;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceCall;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * KMS: data keys, and signatures. Each key belongs to one account and trusts that account's IAM. Of
 * the six algorithms of an RSA key the sample has one.
 */
public final class KmsService extends Service {

  private static final String ALGORITHM = "RSASSA_PKCS1_V1_5_SHA_256";
  private static final String RSA = "RSA_2048";
  private static final String SYMMETRIC = "SYMMETRIC_DEFAULT";

  // https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html#key-spec-rsa-sign
  private static final List<String> RSA_ALGORITHMS =
      List.of(
          "RSASSA_PKCS1_V1_5_SHA_256",
          "RSASSA_PKCS1_V1_5_SHA_384",
          "RSASSA_PKCS1_V1_5_SHA_512",
          "RSASSA_PSS_SHA_256",
          "RSASSA_PSS_SHA_384",
          "RSASSA_PSS_SHA_512");
  private static final Set<String> OTHER_ALGORITHMS =
      Set.of("ECDSA_SHA_256", "ECDSA_SHA_384", "ECDSA_SHA_512", "SM2DSA");

  // https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html
  private static final int LARGEST_MESSAGE = 4096;
  private static final int DIGEST_BYTES = 32;

  private final KeyRing keys;

  public KmsService(KeyRing keys) {
    super("kms", Protocol.JSON, "TrentService");
    this.keys = keys;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        operation(
            "GenerateDataKey",
            this::generateDataKey,
            "KeyId",
            "KeySpec",
            "NumberOfBytes",
            "EncryptionContext"),
        operation(
            "Decrypt",
            this::decrypt,
            "KeyId",
            "CiphertextBlob",
            "EncryptionContext",
            "EncryptionAlgorithm"),
        operation("DescribeKey", this::describeKey, "KeyId"),
        operation("GetPublicKey", this::publicKey, "KeyId"),
        operation("Sign", this::sign, "KeyId", "Message", "MessageType", "SigningAlgorithm"),
        operation(
            "Verify",
            this::verify,
            "KeyId",
            "Message",
            "MessageType",
            "SigningAlgorithm",
            "Signature"));
  }

  @FunctionalInterface
  private interface Answer {
    ObjectNode to(ServiceCall call, JsonInput input) throws GeneralSecurityException;
  }

  private static Operation operation(String name, Answer answer, String... known) {
    return Operation.document(
            name,
            call -> {
              try {
                return answer.to(
                    call, JsonInput.of(call.request(), Set.of(known), KmsService::validation));
              } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
              }
            })
        .asking();
  }

  private ObjectNode generateDataKey(ServiceCall call, JsonInput input)
      throws GeneralSecurityException {
    KmsKey key = key(call, input, Usage.ENCRYPT_DECRYPT);
    Optional<String> spec = input.text("KeySpec");
    JsonNode number = input.document().path("NumberOfBytes");
    if (spec.isPresent() == number.isInt()) {
      throw validation("Please specify either number of bytes or key spec.");
    }
    int count =
        switch (spec.orElse("")) {
          case "" -> number.asInt();
          case "AES_256" -> 32;
          case "AES_128" -> 16;
          default -> throw validation("KeySpec must be AES_256 or AES_128");
        };
    if (count < 1 || count > 1024) {
      throw validation("NumberOfBytes must be 1 to 1024");
    }
    byte[] dataKey = KmsKey.randomBytes(count);
    return JsonBody.object()
        .put("CiphertextBlob", key.encrypt(dataKey, canonical(context(input))))
        .put("KeyId", key.arn())
        .put("Plaintext", dataKey);
  }

  private ObjectNode decrypt(ServiceCall call, JsonInput input) {
    byte[] blob = bytes(input, "CiphertextBlob");
    KmsKey key =
        KmsKey.maker(blob)
            .flatMap(arn -> keys.find(arn, call.caller().accountId(), call.region()))
            .filter(each -> each.usage() == Usage.ENCRYPT_DECRYPT)
            .orElseThrow(KmsService::invalidCiphertext);
    Map<String, String> context = context(input);
    authorize(call, key.arn(), context);
    if (input.text("KeyId").isPresent() && !key(call, input).equals(key)) {
      throw new AwsError(
          400,
          "IncorrectKeyException",
          "The key ID in the request does not identify a CMK that can perform this operation.");
    }
    try {
      return JsonBody.object()
          .put("KeyId", key.arn())
          .put("Plaintext", key.decrypt(blob, canonical(context)))
          .put("EncryptionAlgorithm", SYMMETRIC);
    } catch (GeneralSecurityException e) {
      throw invalidCiphertext();
    }
  }

  private ObjectNode sign(ServiceCall call, JsonInput input) throws GeneralSecurityException {
    KmsKey key = key(call, input, Usage.SIGN_VERIFY);
    return JsonBody.object()
        .put("KeyId", key.arn())
        .put("Signature", key.sign(digest(input)))
        .put("SigningAlgorithm", ALGORITHM);
  }

  private ObjectNode verify(ServiceCall call, JsonInput input) throws GeneralSecurityException {
    KmsKey key = key(call, input, Usage.SIGN_VERIFY);
    // The padding is without chance: one message has one signature.
    if (!MessageDigest.isEqual(key.sign(digest(input)), bytes(input, "Signature"))) {
      throw new AwsError(400, "KMSInvalidSignatureException", "");
    }
    return JsonBody.object()
        .put("KeyId", key.arn())
        .put("SignatureValid", true)
        .put("SigningAlgorithm", ALGORITHM);
  }

  private ObjectNode publicKey(ServiceCall call, JsonInput input) throws GeneralSecurityException {
    KmsKey key = key(call, input);
    if (key.usage() != Usage.SIGN_VERIFY) {
      throw new AwsError(
          400,
          "UnsupportedOperationException",
          key.arn() + " key spec is SYMMETRIC_DEFAULT which is not valid for GetPublicKey.");
    }
    ObjectNode answer = JsonBody.object().put("KeyId", key.arn());
    return describe(key, answer.put("PublicKey", key.publicKey().getEncoded()));
  }

  private ObjectNode describeKey(ServiceCall call, JsonInput input) {
    KmsKey key = key(call, input);
    ObjectNode answer = JsonBody.object();
    describe(
        key,
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
            .put("Origin", "AWS_KMS"));
    return answer;
  }

  private static ObjectNode describe(KmsKey key, ObjectNode answer) {
    boolean signs = key.usage() == Usage.SIGN_VERIFY;
    String spec = signs ? RSA : SYMMETRIC;
    answer
        .put("KeySpec", spec)
        .put("CustomerMasterKeySpec", spec)
        .put("KeyUsage", key.usage().name())
        .set(
            signs ? "SigningAlgorithms" : "EncryptionAlgorithms",
            JsonBody.strings(signs ? RSA_ALGORITHMS : List.of(SYMMETRIC)));
    return answer;
  }

  private static byte[] digest(JsonInput input) throws GeneralSecurityException {
    String algorithm =
        input.text("SigningAlgorithm").orElseThrow(() -> missing("SigningAlgorithm"));
    if (OTHER_ALGORITHMS.contains(algorithm)) {
      throw new AwsError(
          400,
          "InvalidKeyUsageException",
          "Algorithm %s is incompatible with key spec %s.".formatted(algorithm, RSA));
    }
    if (!RSA_ALGORITHMS.contains(algorithm)) {
      throw constraint(
          "'" + algorithm + "'",
          "SigningAlgorithm",
          "Member must satisfy enum value set: " + RSA_ALGORITHMS);
    }
    if (!algorithm.equals(ALGORITHM)) {
      throw validation("The sample AWS does not support " + algorithm);
    }
    byte[] message = bytes(input, "Message");
    if (message.length < 1 || message.length > LARGEST_MESSAGE) {
      throw constraint(
          message.length + " bytes",
          "Message",
          "Member must have length of 1 to " + LARGEST_MESSAGE);
    }
    return switch (input.text("MessageType").orElse("RAW")) {
      case "RAW" -> MessageDigest.getInstance("SHA-256").digest(message);
      case "DIGEST" -> {
        if (message.length != DIGEST_BYTES) {
          throw validation("Digest is invalid length for algorithm " + ALGORITHM + ".");
        }
        yield message;
      }
      case String type ->
          throw constraint(
              "'" + type + "'",
              "MessageType",
              "Member must satisfy enum value set: [RAW, DIGEST, EXTERNAL_MU]");
    };
  }

  /** The key that the request names, if the caller may use it so, and it is for that. */
  private KmsKey key(ServiceCall call, JsonInput input, Usage usage) {
    KmsKey key = key(call, input);
    if (key.usage() != usage) {
      throw new AwsError(
          400,
          "InvalidKeyUsageException",
          "%s key usage is %s which is not valid for %s."
              .formatted(key.arn(), key.usage(), call.action()));
    }
    return key;
  }

  private KmsKey key(ServiceCall call, JsonInput input) {
    String name = input.text("KeyId").orElseThrow(() -> missing("KeyId"));
    Optional<KmsKey> key = keys.find(name, call.caller().accountId(), call.region());
    authorize(call, key.map(KmsKey::arn).orElse(name), context(input));
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

  /** The encryption context, sorted; empty if there is none. */
  private static Map<String, String> context(JsonInput input) {
    Map<String, String> context = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry :
        input.document().path("EncryptionContext").properties()) {
      if (!entry.getValue().isTextual()) {
        throw JsonInput.malformed("EncryptionContext must hold strings");
      }
      context.put(entry.getKey(), entry.getValue().asText());
    }
    return context;
  }

  /** An encryption context in one form only, whatever the order in which it came. */
  private static byte[] canonical(Map<String, String> context) {
    StringBuilder text = new StringBuilder();
    context.forEach((key, value) ->
        text.append("%d:%s%d:%s".formatted(key.length(), key, value.length(), value)));
    return text.toString().getBytes(UTF_8);
  }

  private static byte[] bytes(JsonInput input, String name) {
    JsonNode node = input.document().path(name);
    if (!node.isTextual()) {
      throw missing(name);
    }
    try {
      return node.binaryValue();
    } catch (IOException e) {
      throw JsonInput.malformed(name + " is not base64");
    }
  }

  private static AwsError missing(String member) {
    return constraint("null", member, "Member must not be null");
  }

  private static AwsError constraint(String value, String member, String constraint) {
    return validation(
        "1 validation error detected: Value %s at '%s%s' failed to satisfy constraint: %s"
            .formatted(
                value,
                member.substring(0, 1).toLowerCase(Locale.ROOT),
                member.substring(1),
                constraint));
  }

  private static AwsError validation(String message) {
    return new AwsError(400, "ValidationException", message);
  }

  private static AwsError invalidCiphertext() {
    return new AwsError(400, "InvalidCiphertextException", "");
  }
}
