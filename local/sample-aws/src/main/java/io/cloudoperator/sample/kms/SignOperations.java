package io.cloudoperator.sample.kms;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.wire.AwsError;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;

/** What an RSA key does that signs and verifies. Of its six algorithms the sample has one. */
final class SignOperations {

  static final Set<String> SIGN = Set.of("KeyId", "Message", "MessageType", "SigningAlgorithm");
  static final Set<String> VERIFY =
      Set.of("KeyId", "Message", "MessageType", "SigningAlgorithm", "Signature");

  private static final String ALGORITHM = "RSASSA_PKCS1_V1_5_SHA_256";
  private static final String KEY_SPEC = "RSA_2048";

  // https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html#key-spec-rsa-sign
  private static final List<String> RSA_ALGORITHMS =
      List.of(
          "RSASSA_PKCS1_V1_5_SHA_256",
          "RSASSA_PKCS1_V1_5_SHA_384",
          "RSASSA_PKCS1_V1_5_SHA_512",
          "RSASSA_PSS_SHA_256",
          "RSASSA_PSS_SHA_384",
          "RSASSA_PSS_SHA_512");
  private static final List<String> OTHER_ALGORITHMS =
      List.of("ECDSA_SHA_256", "ECDSA_SHA_384", "ECDSA_SHA_512", "SM2DSA");

  // https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html
  private static final int LARGEST_MESSAGE = 4096;

  private SignOperations() {}

  static ObjectNode sign(SigningKey key, KmsInput input) throws GeneralSecurityException {
    checkAlgorithm(input);
    return KmsInput.JSON
        .createObjectNode()
        .put("KeyId", key.arn())
        .put("Signature", key.signDigest(digest(input)))
        .put("SigningAlgorithm", ALGORITHM);
  }

  static ObjectNode verify(SigningKey key, KmsInput input) throws GeneralSecurityException {
    checkAlgorithm(input);
    // The padding is without chance: one message has one signature.
    if (!MessageDigest.isEqual(key.signDigest(digest(input)), input.bytes("Signature"))) {
      throw new AwsError(400, "KMSInvalidSignatureException", "");
    }
    return KmsInput.JSON
        .createObjectNode()
        .put("KeyId", key.arn())
        .put("SignatureValid", true)
        .put("SigningAlgorithm", ALGORITHM);
  }

  static ObjectNode publicKey(SigningKey key) throws GeneralSecurityException {
    ObjectNode answer =
        KmsInput.JSON
            .createObjectNode()
            .put("KeyId", key.arn())
            .put("PublicKey", key.publicKey().getEncoded());
    describe(answer);
    return answer;
  }

  static void describe(ObjectNode key) {
    key.put("KeySpec", KEY_SPEC)
        .put("CustomerMasterKeySpec", KEY_SPEC)
        .put("KeyUsage", "SIGN_VERIFY");
    ArrayNode algorithms = key.putArray("SigningAlgorithms");
    RSA_ALGORITHMS.forEach(algorithms::add);
  }

  private static void checkAlgorithm(KmsInput input) {
    String algorithm =
        input
            .text("SigningAlgorithm")
            .orElseThrow(() -> constraint("null", "signingAlgorithm", "Member must not be null"));
    if (OTHER_ALGORITHMS.contains(algorithm)) {
      throw new AwsError(
          400,
          "InvalidKeyUsageException",
          "Algorithm %s is incompatible with key spec %s.".formatted(algorithm, KEY_SPEC));
    }
    if (!RSA_ALGORITHMS.contains(algorithm)) {
      throw constraint(
          "'" + algorithm + "'",
          "signingAlgorithm",
          "Member must satisfy enum value set: " + RSA_ALGORITHMS);
    }
    if (!algorithm.equals(ALGORITHM)) {
      throw KmsInput.validation("The sample AWS does not support " + algorithm);
    }
  }

  private static byte[] digest(KmsInput input) throws GeneralSecurityException {
    byte[] message = input.bytes("Message");
    if (message.length < 1 || message.length > LARGEST_MESSAGE) {
      throw constraint(
          message.length + " bytes",
          "message",
          "Member must have length of 1 to " + LARGEST_MESSAGE);
    }
    return switch (input.text("MessageType").orElse("RAW")) {
      case "RAW" -> MessageDigest.getInstance("SHA-256").digest(message);
      case "DIGEST" -> {
        if (!SigningKey.isDigest(message)) {
          throw KmsInput.validation("Digest is invalid length for algorithm " + ALGORITHM + ".");
        }
        yield message;
      }
      case String type ->
          throw constraint(
              "'" + type + "'",
              "messageType",
              "Member must satisfy enum value set: [RAW, DIGEST, EXTERNAL_MU]");
    };
  }

  private static AwsError constraint(String value, String member, String constraint) {
    return KmsInput.validation(
        "1 validation error detected: Value %s at '%s' failed to satisfy constraint: %s"
            .formatted(value, member, constraint));
  }
}
