package io.cloudoperator.local.backend;

import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Hears the credentials and data keys that AWS answers, so that they can be looked for. Like {@link
 * RequestListener} it is put into each client by the SDK.
 */
public final class CredentialListener implements ExecutionInterceptor {
  private static final Set<Secret> HEARD = ConcurrentHashMap.newKeySet();
  private static final Map<String, Session> SESSIONS = new ConcurrentHashMap<>();

  /**
   * A session that was opened.
   *
   * @param policy that was passed for it; empty if none was
   */
  record Session(String roleArn, String policy, AwsSessionCredentials credentials) {}

  /** Made by the SDK. */
  public CredentialListener() {}

  /** All that were heard in this JVM. */
  static Set<Secret> heard() {
    return Set.copyOf(HEARD);
  }

  /** The sessions that were opened in this JVM, by the id of their access key. */
  static Map<String, Session> sessions() {
    return Map.copyOf(SESSIONS);
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    hear(context.response());
    if (context.request() instanceof AssumeRoleRequest asked
        && context.response() instanceof AssumeRoleResponse assumed) {
      Credentials granted = assumed.credentials();
      SESSIONS.put(
          granted.accessKeyId(),
          new Session(
              asked.roleArn(),
              Objects.requireNonNullElse(asked.policy(), ""),
              AwsSessionCredentials.create(
                  granted.accessKeyId(), granted.secretAccessKey(), granted.sessionToken())));
    }
  }

  private static void hear(SdkResponse response) {
    switch (response) {
      case AssumeRoleResponse assumed -> {
        Credentials credentials = assumed.credentials();
        HEARD.add(new Secret("access key id", credentials.accessKeyId()));
        HEARD.add(new Secret("secret access key", credentials.secretAccessKey()));
        HEARD.add(new Secret("session token", credentials.sessionToken()));
      }
      case GenerateDataKeyResponse made ->
          HEARD.add(new Secret("data key", base64(made.plaintext().asByteArray())));
      case DecryptResponse opened ->
          HEARD.add(new Secret("data key", base64(opened.plaintext().asByteArray())));
      default -> {}
    }
  }

  private static String base64(byte[] key) {
    return Base64.getEncoder().encodeToString(key);
  }
}
