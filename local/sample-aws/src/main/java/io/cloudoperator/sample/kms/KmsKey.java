package io.cloudoperator.sample.kms;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A symmetric key. Not a record: its material must not be printed.
 *
 * <p>A ciphertext is a nonce and what AES-256-GCM made of the plaintext, with the encryption
 * context as additional authenticated data.
 */
public final class KmsKey implements Key {

  private static final SecureRandom RANDOM = new SecureRandom();
  static final int BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final String arn;
  private final String alias;
  private final byte[] material;

  /**
   * @param alias such as {@code alias/cloudoperator}
   * @param material 32 bytes
   */
  public KmsKey(String arn, String alias, byte[] material) {
    if (material.length != BYTES) {
      throw new IllegalArgumentException("A key has 32 bytes, not " + material.length);
    }
    this.arn = arn;
    this.alias = alias;
    this.material = material.clone();
  }

  /** A new key. */
  public static KmsKey generate(String accountId, String region, String alias) {
    return new KmsKey(Key.newArn(accountId, region), alias, randomBytes(BYTES));
  }

  static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
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
    return material.clone();
  }

  byte[] encrypt(byte[] plaintext, byte[] context) throws GeneralSecurityException {
    byte[] nonce = randomBytes(NONCE_BYTES);
    byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(plaintext);
    byte[] blob = Arrays.copyOf(nonce, nonce.length + sealed.length);
    System.arraycopy(sealed, 0, blob, nonce.length, sealed.length);
    return blob;
  }

  /**
   * @throws GeneralSecurityException if the ciphertext or the context is another
   */
  byte[] decrypt(byte[] blob, byte[] context) throws GeneralSecurityException {
    if (blob.length < NONCE_BYTES) {
      throw new GeneralSecurityException("too short");
    }
    return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(blob, NONCE_BYTES), context)
        .doFinal(blob, NONCE_BYTES, blob.length - NONCE_BYTES);
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] context) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(material, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context);
    return cipher;
  }

  @Override
  public String toString() {
    return "KmsKey[" + arn + "]";
  }
}
