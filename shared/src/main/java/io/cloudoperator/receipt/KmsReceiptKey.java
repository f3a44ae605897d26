package io.cloudoperator.receipt;

import java.security.GeneralSecurityException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The public key of receipts, read from KMS when first asked for and then kept: it never changes,
 * and is not secret.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html">GetPublicKey</a>
 */
public final class KmsReceiptKey implements Supplier<ReceiptKey> {
  private final KmsClient kms;
  private final String keyArn;
  private volatile @Nullable ReceiptKey key;

  /** The public half of the key of that ARN. */
  public KmsReceiptKey(KmsClient kms, String keyArn) {
    this.kms = kms;
    this.keyArn = keyArn;
  }

  /**
   * The public key.
   *
   * @throws ReceiptKeyException if KMS does not answer with it; the next call asks again
   */
  @Override
  public ReceiptKey get() {
    ReceiptKey known = key;
    if (known == null) {
      known = read();
      key = known;
    }
    return known;
  }

  private ReceiptKey read() {
    try {
      return ReceiptKey.of(
          ReceiptKey.id(keyArn),
          kms.getPublicKey(request -> request.keyId(keyArn)).publicKey().asByteArrayUnsafe());
    } catch (SdkException | GeneralSecurityException e) {
      throw new ReceiptKeyException(e);
    }
  }
}
