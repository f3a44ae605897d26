package io.cloudoperator.service.lambda;

import io.cloudoperator.inventory.Cors;
import java.time.Instant;
import java.util.Optional;

/**
 * The URL of a Lambda function. Its environment is not read.
 *
 * @param qualifier the alias that the URL is of; empty for the function itself
 * @param host such as {@code abc.lambda-url.eu-west-1.on.aws}
 * @param authType as AWS names it: NONE, AWS_IAM, or one that is not known yet
 * @param readAt when an earlier scan began that read it; absent if this one did
 */
public record FunctionUrl(
    String function,
    String qualifier,
    String host,
    String authType,
    Optional<Cors> cors,
    Optional<Instant> lastModified,
    Optional<Instant> readAt) {
  /** One that was read now. */
  public FunctionUrl(
      String function,
      String qualifier,
      String host,
      String authType,
      Optional<Cors> cors,
      Optional<Instant> lastModified) {
    this(function, qualifier, host, authType, cors, lastModified, Optional.empty());
  }
}
