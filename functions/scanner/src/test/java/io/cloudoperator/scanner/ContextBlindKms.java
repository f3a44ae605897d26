package io.cloudoperator.scanner;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/**
 * Makes a client of KMS, once it is told to, open every data key in the encryption context that the
 * key was made in, whatever the caller says: as for somebody who had the key encrypted anew for
 * another row.
 */
final class ContextBlindKms implements ExecutionInterceptor {
  private final Map<SdkBytes, Map<String, String>> contexts = new ConcurrentHashMap<>();

  /** Whether it is told to. */
  volatile boolean blind;

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    if (context.request() instanceof GenerateDataKeyRequest asked
        && context.response() instanceof GenerateDataKeyResponse made) {
      contexts.put(made.ciphertextBlob(), asked.encryptionContext());
    }
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    return blind && context.request() instanceof DecryptRequest asked
        ? asked.toBuilder()
            .encryptionContext(Objects.requireNonNull(contexts.get(asked.ciphertextBlob())))
            .build()
        : context.request();
  }
}
