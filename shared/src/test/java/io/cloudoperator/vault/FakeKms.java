package io.cloudoperator.vault;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** One key of KMS in memory. It demands the encryption context as KMS does: the same, exactly. */
public final class FakeKms implements KmsClient {
  public static final String KEY = "arn:aws:kms:us-east-1:111122223333:key/fake";

  private static final int BLOB_BYTES = 64;

  private final SecureRandom random = new SecureRandom();
  private final Map<SdkBytes, DataKey> issued = new HashMap<>();
  private final List<SdkBytes> handedOut = new ArrayList<>();
  private @Nullable KmsException outage;
  private boolean contextsIgnored;

  /** Every plaintext key as the caller holds it now. */
  List<SdkBytes> handedOut() {
    return List.copyOf(handedOut);
  }

  void failWith(KmsException failure) {
    outage = failure;
  }

  /** From here on it decrypts under any encryption context, as KMS never would. */
  void ignoreContexts() {
    contextsIgnored = true;
  }

  @Override
  public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
    check(request.keyId());
    byte[] key = bytes(request.keySpec() == DataKeySpec.AES_256 ? 32 : 16);
    SdkBytes blob = SdkBytes.fromByteArray(bytes(BLOB_BYTES));
    issued.put(blob, new DataKey(SdkBytes.fromByteArray(key), request.encryptionContext()));
    return GenerateDataKeyResponse.builder()
        .keyId(KEY)
        .ciphertextBlob(blob)
        .plaintext(handOut(SdkBytes.fromByteArray(key)))
        .build();
  }

  @Override
  public DecryptResponse decrypt(DecryptRequest request) {
    check(request.keyId());
    DataKey key = issued.get(request.ciphertextBlob());
    if (key == null || !(contextsIgnored || key.context.equals(request.encryptionContext()))) {
      throw InvalidCiphertextException.builder().message("refused").build();
    }
    return DecryptResponse.builder()
        .keyId(KEY)
        .plaintext(handOut(SdkBytes.fromByteArray(key.plaintext.asByteArray())))
        .build();
  }

  private void check(String keyId) {
    if (outage != null) {
      throw outage;
    }
    if (!keyId.equals(KEY)) {
      throw NotFoundException.builder().message("no such key").build();
    }
  }

  private SdkBytes handOut(SdkBytes copy) {
    handedOut.add(copy);
    return copy;
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  private record DataKey(SdkBytes plaintext, Map<String, String> context) {}
}
