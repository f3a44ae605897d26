package io.cloudoperator.receipt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/**
 * Signs receipts with an RSA key that never leaves KMS. KMS is given the digest alone: it takes no
 * more than 4,096 bytes, and need not see a receipt.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html">Sign</a>
 */
public final class KmsReceiptSigner implements ReceiptSigner {
  private final KmsClient kms;
  private final String keyArn;

  /** With the key of that ARN, RSA_2048 for SIGN_VERIFY. */
  public KmsReceiptSigner(KmsClient kms, String keyArn) {
    this.kms = kms;
    this.keyArn = keyArn;
  }

  @Override
  public String sign(String receipt) {
    String input = CompactJws.signingInput(ReceiptKey.id(keyArn), receipt);
    try {
      SdkBytes signature =
          kms.sign(request ->
                  request
                      .keyId(keyArn)
                      .messageType(MessageType.DIGEST)
                      .message(SdkBytes.fromByteArrayUnsafe(digest(input)))
                      .signingAlgorithm(SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_256))
              .signature();
      return CompactJws.join(input, signature.asByteArrayUnsafe());
    } catch (SdkException e) {
      throw new ReceiptNotSignedException(e);
    }
  }

  private static byte[] digest(String input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input.getBytes(US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 does not work here", e);
    }
  }
}
