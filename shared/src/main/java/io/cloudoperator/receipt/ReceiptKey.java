package io.cloudoperator.receipt;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The public half of the key that signs receipts.
 *
 * @param id the {@code kid} of its signatures: the id of the KMS key
 */
public record ReceiptKey(String id, RSAPublicKey publicKey) {

  /**
   * The key in a {@code SubjectPublicKeyInfo}, as KMS hands it out.
   *
   * @throws GeneralSecurityException if it holds no RSA key
   */
  static ReceiptKey of(String id, byte[] subjectPublicKeyInfo) throws GeneralSecurityException {
    return new ReceiptKey(
        id,
        (RSAPublicKey)
            KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo)));
  }

  /** The id in the ARN of a KMS key. */
  static String id(String keyArn) {
    return keyArn.substring(keyArn.lastIndexOf('/') + 1);
  }

  /**
   * As a JWK Set.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-5">JWK Set</a>
   */
  public Jwks jwks() {
    return new Jwks(
        List.of(
            new Jwk(
                "RSA",
                "sig",
                CompactJws.ALGORITHM,
                id,
                unsigned(publicKey.getModulus()),
                unsigned(publicKey.getPublicExponent()))));
  }

  /** A JWK Set of one key. */
  public record Jwks(List<Jwk> keys) {}

  /**
   * A public key.
   *
   * @param n the modulus, without a sign, in base64url
   * @param e the public exponent, in the same form
   */
  public record Jwk(String kty, String use, String alg, String kid, String n, String e) {}

  private static String unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    // A leading zero is the sign: https://www.rfc-editor.org/rfc/rfc7518#section-6.3.1.1
    int sign = bytes[0] == 0 ? 1 : 0;
    byte[] magnitude = Arrays.copyOfRange(bytes, sign, bytes.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(magnitude);
  }
}
