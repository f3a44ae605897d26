package io.cloudoperator.service.apigateway;

import java.time.Instant;
import java.util.Optional;

/**
 * A stage of an API. Its variables are not read.
 *
 * @param deploymentId absent if nothing was deployed to it
 * @param deployedAt when the stage was last updated; absent if AWS does not say
 * @param rateLimit requests a second, the most that it takes of any of its routes; absent if one of
 *     them has only the account's limit
 * @param webAcl the name of the WAF web ACL in front of it
 */
public record Stage(
    String name,
    Optional<String> deploymentId,
    Optional<Instant> deployedAt,
    boolean accessLogs,
    Optional<Double> rateLimit,
    Optional<String> webAcl) {}
