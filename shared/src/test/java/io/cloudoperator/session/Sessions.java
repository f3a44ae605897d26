package io.cloudoperator.session;

import io.cloudoperator.aws.AwsClient.Transport;
import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.Sleeper;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.SessionPhase;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/** Sessions on a canned endpoint, which try again at once. */
public final class Sessions {
  public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  public static final AwsSessionCredentials CREDENTIALS =
      AwsSessionCredentials.create("ASIACANARY", "canary-secret", "canary-token");
  static final SdkHttpClient HTTP = StsRoleSessions.httpClient();
  public static final int ATTEMPTS = 4;
  static final Sleeper NO_WAIT = _ -> {};

  private Sessions() {}

  static RetryStrategy retries() {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(ATTEMPTS)
        .backoffStrategy(BackoffStrategy.retryImmediately())
        .throttlingBackoffStrategy(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(1)))
        .build();
  }

  public static Transport transport(URI endpoint) {
    return new Transport(HTTP, Optional.of(endpoint), Sessions::retries);
  }

  static AwsRoleSession on(URI endpoint, String... homes) {
    return on(Manifest.operations(Tier.MINIMAL), endpoint, homes);
  }

  /** A session of the audit tier. */
  public static AwsRoleSession audit(URI endpoint) {
    return on(Manifest.operations(Tier.AUDIT), endpoint);
  }

  /** A session of the audit tier that verifies. */
  static AwsRoleSession verifying(URI endpoint, String... homes) {
    return on(Manifest.operations(Tier.AUDIT, SessionPhase.VERIFY), endpoint, homes);
  }

  /** A session that may call these alone, as if the rest of the manifest were of a higher tier. */
  public static AwsRoleSession limitedTo(List<ReadOperation<?>> allowed, URI endpoint) {
    return on(allowed, endpoint);
  }

  private static AwsRoleSession on(List<ReadOperation<?>> allowed, URI endpoint, String... homes) {
    return new AwsRoleSession(
        CREDENTIALS,
        allowed,
        Stream.of(homes.length == 0 ? new String[] {"us-east-1"} : homes)
            .map(RegionName::new)
            .toList(),
        transport(endpoint),
        InstantSource.fixed(NOW),
        NO_WAIT);
  }

  static AwsRoleSession on(CannedAws aws, String... homes) {
    return on(aws.url(), homes);
  }
}
