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
 * @param parameters of STS and EC2 calls, as they came; those of KMS are not kept
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
