package io.cloudoperator.sample.kms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A key: a symmetric one, or an RSA key of 2048 bits that signs and verifies. Its material is made
 * when it is first used: that of an RSA key takes a while, and most samples never sign. Not a
 * record: the material must not be printed.
 *
 * <p>A ciphertext blob names its key, as those of KMS do, so that Decrypt need not be told; behind
 * that are a nonce and what AES-256-GCM made of the plaintext, with the encryption context as
 * additional authenticated data. Blobs outlive the sample: their form is for ever.
 */
public final class KmsKey {

  /** What a key is for. */
  public enum Usage {
    ENCRYPT_DECRYPT,
    SIGN_VERIFY
  }

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SYMMETRIC_BYTES = 32;
  private static final int RSA_BITS = 2048;
  private static final int BLOB = 0x53414d31;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  // DigestInfo of SHA-256, before the digest: https://www.rfc-editor.org/rfc/rfc8017#section-9.2
  private static final byte[] SHA_256 =
      HexFormat.of().parseHex("3031300d060960864801650304020105000420");

  private final String arn;
  private final String alias;
  private final Usage usage;
  private byte @Nullable [] material;

  private KmsKey(String arn, String alias, Usage usage, byte @Nullable [] material) {
    this.arn = arn;
    this.alias = alias;
    this.usage = usage;
    this.material = material;
  }

  /**
   * A new key.
   *
   * @param alias such as {@code alias/cloudoperator}
   */
  public static KmsKey generate(String accountId, String region, String alias, Usage usage) {
    String arn = "arn:aws:kms:%s:%s:key/%s".formatted(region, accountId, UUID.randomUUID());
    return new KmsKey(arn, alias, usage, null);
  }

  /**
   * The key of that material.
   *
   * @param material 32 bytes are a symmetric key's, more are an RSA key's in PKCS #8
   */
  public static KmsKey of(String arn, String alias, byte[] material) {
    Usage usage = material.length == SYMMETRIC_BYTES ? Usage.ENCRYPT_DECRYPT : Usage.SIGN_VERIFY;
    return new KmsKey(arn, alias, usage, material.clone());
  }

  /** What {@link #of} makes the key from again. */
  public byte[] material() {
    return bytes().clone();
  }

  private synchronized byte[] bytes() {
    if (material == null) {
      try {
        material = usage == Usage.SIGN_VERIFY ? newPrivateKey() : randomBytes(SYMMETRIC_BYTES);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("RSA does not work here", e);
      }
    }
    return material;
  }

  private static byte[] newPrivateKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(RSA_BITS);
    return generator.generateKeyPair().getPrivate().getEncoded();
  }

  static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  public String arn() {
    return arn;
  }

  public String alias() {
    return alias;
  }

  Usage usage() {
    return usage;
  }

  String id() {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  String region() {
    return arn.split(":", 6)[3];
  }

  String accountId() {
    return arn.split(":", 6)[4];
  }

  /** A ciphertext blob. */
  byte[] encrypt(byte[] plaintext, byte[] context) throws GeneralSecurityException {
    byte[] nonce = randomBytes(NONCE_BYTES);
    byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(plaintext);
    byte[] name = arn.getBytes(UTF_8);
    return ByteBuffer.allocate(6 + name.length + nonce.length + sealed.length)
        .putInt(BLOB)
        .putShort((short) name.length)
        .put(name)
        .put(nonce)
        .put(sealed)
        .array();
  }

  /** The ARN of the key that made a ciphertext blob; empty if it is none. */
  static Optional<String> maker(byte[] blob) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(blob))) {
      return in.readInt() == BLOB ? Optional.of(in.readUTF()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * What was encrypted.
   *
   * @param blob that this key made
   * @throws GeneralSecurityException if the blob was changed, or the context is another
   */
  byte[] decrypt(byte[] blob, byte[] context) throws GeneralSecurityException {
    ByteBuffer in = ByteBuffer.wrap(blob).position(6 + arn.length());
    if (in.remaining() < NONCE_BYTES) {
      throw new GeneralSecurityException("too short");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    in.get(nonce);
    return cipher(Cipher.DECRYPT_MODE, nonce, context).doFinal(blob, in.position(), in.remaining());
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] context) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(bytes(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context);
    return cipher;
  }

  PublicKey publicKey() throws GeneralSecurityException {
    RSAPrivateCrtKey key = privateKey();
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
  }

  /** The signature of a SHA-256 digest, by RSASSA-PKCS1-v1_5. */
  byte[] sign(byte[] digest) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.ENCRYPT_MODE, privateKey());
    cipher.update(SHA_256);
    return cipher.doFinal(digest);
  }

  private RSAPrivateCrtKey privateKey() throws GeneralSecurityException {
    return (RSAPrivateCrtKey)
        KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes()));
  }

  @Override
  public String toString() {
    return "KmsKey[" + arn + "]";
  }
}
