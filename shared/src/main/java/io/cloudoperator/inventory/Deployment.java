package io.cloudoperator.inventory;

import java.time.Instant;
import java.util.Optional;

/**
 * A stage of an API.
 *
 * @param deployed whether anything was deployed to it
 * @param deployedAt when last; absent if AWS does not say
 * @param throttled whether it has a limit of its own, beside the account's
 */
public record Deployment(
    String stage,
    boolean deployed,
    Optional<Instant> deployedAt,
    boolean accessLogs,
    boolean throttled,
    Optional<String> webAcl) {}
