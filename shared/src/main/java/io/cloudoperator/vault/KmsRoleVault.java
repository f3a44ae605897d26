package io.cloudoperator.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.TenantId;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/**
 * Seals role references with AES-256-GCM under a new data key of KMS each. Tenant and connection
 * are bound twice: by the data key's encryption context, which KMS enforces and logs, and by the
 * cipher's additional data. Failures of KMS itself are passed on.
 *
 * <p>The data key and the bytes of the reference are zeroed before a call returns or throws. What a
 * JVM cannot wipe stays in memory until it is collected: the reference's {@code String}s, which the
 * SDK needs to call AssumeRole, the key schedule in the JDK's cipher, and copies that the collector
 * left where it moved an array.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html">Encryption
 *     context</a>
 */
public final class KmsRoleVault implements RoleVault {
  private static final String CIPHER = "AES/GCM/NoPadding";
  // 96 bits of nonce and 128 of tag: NIST SP 800-38D, 5.2.1.1 and 5.2.1.2
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final byte FORMAT = 1;
  private static final String PURPOSE = "cloudoperator role reference";

  private final KmsClient kms;
  private final String keyArn;
  private final Supplier<SecureRandom> random;

  /**
   * Over one KMS key.
   *
   * @param random asked for each nonce: what it hands out must not have been seeded before a
   *     snapshot of the process was taken
   */
  public KmsRoleVault(KmsClient kms, String keyArn, Supplier<SecureRandom> random) {
    this.kms = kms;
    this.keyArn = keyArn;
    this.random = random;
  }

  @Override
  public SealedReference seal(TenantId tenant, ConnectionId connection, RoleReference reference) {
    GenerateDataKeyResponse generated =
        kms.generateDataKey(request ->
            request
                .keyId(keyArn)
                .keySpec(DataKeySpec.AES_256)
                .encryptionContext(context(tenant, connection)));
    byte[] plaintext = encode(reference);
    try (DataKey key = new DataKey(generated.plaintext())) {
      byte[] nonce = new byte[NONCE_BYTES];
      random.get().nextBytes(nonce);
      byte[] ciphertext =
          crypt(Cipher.ENCRYPT_MODE, key, nonce, boundTo(tenant, connection), plaintext);
      return new SealedReference(
          base64(generated.ciphertextBlob().asByteArrayUnsafe()),
          base64(nonce),
          base64(ciphertext));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM does not work here", e);
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  @Override
  public RoleReference open(TenantId tenant, ConnectionId connection, SealedReference sealed) {
    byte[] nonce = bytes(sealed.nonce());
    byte[] ciphertext = bytes(sealed.ciphertext());
    if (nonce.length != NONCE_BYTES) {
      throw new TamperedReferenceException();
    }
    byte[] plaintext = {};
    try (DataKey key = new DataKey(dataKey(tenant, connection, sealed))) {
      plaintext = crypt(Cipher.DECRYPT_MODE, key, nonce, boundTo(tenant, connection), ciphertext);
      return decode(plaintext);
    } catch (AEADBadTagException _) {
      throw new TamperedReferenceException();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM does not work here", e);
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  private SdkBytes dataKey(TenantId tenant, ConnectionId connection, SealedReference sealed) {
    SdkBytes encrypted = SdkBytes.fromByteArrayUnsafe(bytes(sealed.encryptedDataKey()));
    try {
      DecryptResponse decrypted =
          kms.decrypt(request ->
              request
                  .keyId(keyArn)
                  .ciphertextBlob(encrypted)
                  .encryptionContext(context(tenant, connection)));
      return decrypted.plaintext();
    } catch (InvalidCiphertextException _) {
      throw new TamperedReferenceException();
    }
  }

  private static byte[] crypt(int mode, DataKey key, byte[] nonce, byte[] boundTo, byte[] input)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(boundTo);
    return cipher.doFinal(input);
  }

  private static Map<String, String> context(TenantId tenant, ConnectionId connection) {
    return Map.of("tenant", tenant.value(), "connection", connection.value());
  }

  /** Format, then each part after its length: no two places have the same bytes. */
  private static byte[] boundTo(TenantId tenant, ConnectionId connection) {
    byte[][] parts = {
      PURPOSE.getBytes(UTF_8), tenant.value().getBytes(UTF_8), connection.value().getBytes(UTF_8)
    };
    int length = Arrays.stream(parts).mapToInt(part -> Integer.BYTES + part.length).sum();
    ByteBuffer bound = ByteBuffer.allocate(1 + length).put(FORMAT);
    for (byte[] part : parts) {
      bound.putInt(part.length).put(part);
    }
    return bound.array();
  }

  /** Format, External ID and role ARN, each after its length; no role is a length of zero. */
  private static byte[] encode(RoleReference reference) {
    String externalId = reference.externalId().value();
    String roleArn = reference.roleArn().map(RoleArn::value).orElse("");
    ByteBuffer plaintext =
        ByteBuffer.allocate(1 + 2 * Short.BYTES + externalId.length() + roleArn.length())
            .put(FORMAT);
    put(plaintext, externalId);
    put(plaintext, roleArn);
    return plaintext.array();
  }

  // Character by character: getBytes would leave a copy that nobody wipes. Both are ASCII.
  private static void put(ByteBuffer plaintext, String text) {
    plaintext.putShort((short) text.length());
    text.chars().forEach(character -> plaintext.put((byte) character));
  }

  private static RoleReference decode(byte[] plaintext) {
    ByteBuffer in = ByteBuffer.wrap(plaintext);
    byte format = in.get();
    if (format != FORMAT) {
      throw new IllegalStateException("a role reference has format " + format);
    }
    ExternalId externalId = new ExternalId(take(in, plaintext));
    String roleArn = take(in, plaintext);
    return new RoleReference(
        externalId, Optional.of(roleArn).filter(arn -> !arn.isEmpty()).map(RoleArn::new));
  }

  private static String take(ByteBuffer in, byte[] plaintext) {
    int length = in.getShort();
    String text = new String(plaintext, in.position(), length, US_ASCII);
    in.position(in.position() + length);
    return text;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      throw new TamperedReferenceException();
    }
  }

  /**
   * Wiped when closed, together with the SDK's own copy. {@code SecretKeySpec} keeps a copy that
   * cannot be wiped; the cipher wipes the one that it asks for.
   */
  private static final class DataKey implements SecretKey, AutoCloseable {
    private static final long serialVersionUID = 1;

    private final transient byte[] bytes;

    DataKey(SdkBytes plaintext) {
      this.bytes = plaintext.asByteArrayUnsafe();
    }

    @Override
    public String getAlgorithm() {
      return "AES";
    }

    @Override
    public String getFormat() {
      return "RAW";
    }

    @Override
    public byte[] getEncoded() {
      return bytes.clone();
    }

    @Override
    public void close() {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
