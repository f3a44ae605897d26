package io.cloudoperator.sample.control;

import java.time.Instant;
import java.util.Map;

/**
 * One request that was answered.
 *
 * @param time when it came, by the sample's clock
 * @param service the signing name
 * @param accessKeyId of the signature, or empty
 * @param errorCode or empty
 * @param parameters as they came, and {@code path} where it names what is asked for; those of KMS
 *     and S3 are not kept
 */
public record LoggedRequest(
    Instant time,
    String service,
    String operation,
    String region,
    String accessKeyId,
    int status,
    String errorCode,
    String requestId,
    Map<String, String> parameters) {

  public LoggedRequest {
    parameters = Map.copyOf(parameters);
  }
}
