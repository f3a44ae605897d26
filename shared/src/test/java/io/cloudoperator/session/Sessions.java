package io.cloudoperator.session;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.RegionClient;
import io.cloudoperator.aws.Sleeper;
import io.cloudoperator.aws.Transport;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.inventory.SourceReadings;
import io.cloudoperator.service.ApiDiscovery;
import io.cloudoperator.service.Discovery;
import io.cloudoperator.service.DiscoveryScope;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.SessionPhase;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

  /** Without a wire. */
  public static Transport transport(CannedAws aws) {
    return new Transport(aws, Optional.of(URI.create("http://aws.invalid")), Sessions::retries);
  }

  /** A client that may make every call of the manifest. */
  public static AwsClient client(AwsService service, CannedAws aws) {
    return client(service, new RegionName("eu-west-1"), transport(aws));
  }

  /** What is found of one service. */
  public static SourceReadings discover(
      List<Discovery<?>> discoveries, DiscoveryScope scope, CannedAws aws) {
    RegionClient asking =
        new RegionClient() {
          @Override
          public <T> Reading<T> ask(AwsService service, Function<AwsClient, T> question) {
            try (AwsClient client = client(service, aws)) {
              return new Reading.Complete<>(question.apply(client));
            }
          }
        };
    return ApiDiscovery.read(discoveries, scope, _ -> Optional.of(asking));
  }

  static AwsClient client(AwsService service, RegionName region, Transport transport) {
    return new AwsClient(
        service, region, CREDENTIALS, RefereeClients.operations(), transport, List.of());
  }

  static AwsRoleSession on(URI endpoint, String... homes) {
    return on(Manifest.operations(Tier.MINIMAL), transport(endpoint), homes);
  }

  static AwsRoleSession on(CannedAws aws, String... homes) {
    return on(aws.url(), homes);
  }

  /** A session of the audit tier. */
  public static AwsRoleSession audit(CannedAws aws) {
    return on(Manifest.operations(Tier.AUDIT), transport(aws));
  }

  /** A session of the audit tier that verifies. */
  static AwsRoleSession verifying(CannedAws aws, String... homes) {
    return on(Manifest.operations(Tier.AUDIT, SessionPhase.VERIFY), transport(aws), homes);
  }

  /** A session that may call these alone, as if the rest of the manifest were of a higher tier. */
  public static AwsRoleSession limitedTo(List<ReadOperation<?>> allowed, CannedAws aws) {
    return on(allowed, transport(aws));
  }

  private static AwsRoleSession on(
      List<ReadOperation<?>> allowed, Transport transport, String... homes) {
    return new AwsRoleSession(
        CREDENTIALS,
        allowed,
        Stream.of(homes.length == 0 ? new String[] {"us-east-1"} : homes)
            .map(RegionName::new)
            .toList(),
        transport,
        InstantSource.fixed(NOW),
        NO_WAIT);
  }
}
