package io.cloudoperator.sample.kms;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * An RSA key of 2048 bits that signs and verifies. It is made when it is first used: that takes a
 * while, and most samples never sign.
 */
public final class SigningKey implements Key {

  private static final int BITS = 2048;
  private static final int DIGEST_BYTES = 32;

  // DigestInfo of SHA-256, before the digest: https://www.rfc-editor.org/rfc/rfc8017#section-9.2
  private static final byte[] SHA_256 =
      HexFormat.of().parseHex("3031300d060960864801650304020105000420");

  private final String arn;
  private final String alias;
  private @Nullable RSAPrivateCrtKey privateKey;

  private SigningKey(String arn, String alias, @Nullable RSAPrivateCrtKey privateKey) {
    this.arn = arn;
    this.alias = alias;
    this.privateKey = privateKey;
  }

  /** A new key. */
  public static SigningKey generate(String accountId, String region, String alias) {
    return new SigningKey(Key.newArn(accountId, region), alias, null);
  }

  /**
   * @param material in PKCS #8
   */
  static SigningKey of(String arn, String alias, byte[] material) {
    try {
      return new SigningKey(
          arn,
          alias,
          (RSAPrivateCrtKey)
              KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(material)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("A signing key is an RSA key in PKCS #8", e);
    }
  }

  @Override
  public String arn() {
    return arn;
  }

  @Override
  public String alias() {
    return alias;
  }

  @Override
  public byte[] material() {
    return privateKey().getEncoded();
  }

  PublicKey publicKey() throws GeneralSecurityException {
    RSAPrivateCrtKey key = privateKey();
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
  }

  static boolean isDigest(byte[] message) {
    return message.length == DIGEST_BYTES;
  }

  /** Signs with RSASSA-PKCS1-v1_5. */
  byte[] signDigest(byte[] digest) throws GeneralSecurityException {
    byte[] info = Arrays.copyOf(SHA_256, SHA_256.length + digest.length);
    System.arraycopy(digest, 0, info, SHA_256.length, digest.length);
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.ENCRYPT_MODE, privateKey());
    return cipher.doFinal(info);
  }

  private synchronized RSAPrivateCrtKey privateKey() {
    if (privateKey == null) {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        privateKey = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("RSA does not work here", e);
      }
    }
    return privateKey;
  }

  @Override
  public String toString() {
    return "SigningKey[" + arn + "]";
  }
}
