package io.cloudoperator.sample.apigateway;

import java.time.Instant;
import java.util.Optional;

/**
 * A stage of an API.
 *
 * @param deploymentId absent if nothing was deployed to it, which only HTTP and WebSocket APIs know
 * @param rateLimit requests a second
 * @param webAcl the name of a WAF web ACL, which only REST APIs can have
 */
public record StageFacts(
    String name,
    Optional<String> deploymentId,
    Instant updated,
    boolean accessLogs,
    Optional<Double> rateLimit,
    Optional<String> webAcl) {}
