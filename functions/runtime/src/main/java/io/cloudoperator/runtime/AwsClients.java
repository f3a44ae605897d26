package io.cloudoperator.runtime;

import io.cloudoperator.receipt.KmsReceiptKey;
import io.cloudoperator.receipt.ReceiptKey;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Clients of our own account, made in init and kept for as long as the function lives. All share
 * one HTTP client, take their credentials from the default chain (which follows them across a
 * restore, as the environment's do not), and retry as said here whatever the environment says.
 */
public final class AwsClients {
  private static final int ATTEMPTS = 4;
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ATTEMPT = Duration.ofSeconds(5);
  private static final Duration CALL = Duration.ofSeconds(12);
  private static final Duration EVENT_ATTEMPT = Duration.ofMillis(1500);
  private static final Duration EVENT_CALL = Duration.ofSeconds(3);

  private final Region region;
  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;

  /** Clients in the region that the function runs in. */
  public AwsClients(Settings settings) {
    region = Region.of(settings.region());
    http =
        UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ATTEMPT).build();
    credentials = DefaultCredentialsProvider.builder().build();
  }

  /** The HTTP client that all of them share. */
  public SdkHttpClient http() {
    return http;
  }

  /** The credentials of the function's own role. */
  public AwsCredentialsProvider credentials() {
    return credentials;
  }

  /** The region of all of them. */
  public Region region() {
    return region;
  }

  /** Of the tables. */
  public DynamoDbClient dynamoDb() {
    return configured(DynamoDbClient.builder().httpClient(http)).build();
  }

  /** Of the key. */
  public KmsClient kms() {
    return configured(KmsClient.builder().httpClient(http)).build();
  }

  /** The public half of the key that signs receipts: nothing else can be asked of that key. */
  public Supplier<ReceiptKey> receiptKey(String keyArn) {
    return new KmsReceiptKey(kms(), keyArn);
  }

  /**
   * Of the region's own STS endpoint: only its tokens are valid in opt-in regions.
   *
   * @param endpoint another AWS-compatible one in its place
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html">STS
   *     in a region</a>
   */
  public StsClient sts(Optional<URI> endpoint) {
    var builder = configured(StsClient.builder().httpClient(http));
    endpoint.ifPresent(builder::endpointOverride);
    return builder.build();
  }

  /** Of the bus of events. What is told there has happened already: nobody should wait for it. */
  public EventBridgeClient eventBridge() {
    var builder = configured(EventBridgeClient.builder().httpClient(http));
    return builder
        .overrideConfiguration(
            builder.overrideConfiguration().toBuilder()
                .apiCallAttemptTimeout(EVENT_ATTEMPT)
                .apiCallTimeout(EVENT_CALL)
                .build())
        .build();
  }

  /** A builder of any other service's client, with what they all have in common. */
  public <B extends AwsClientBuilder<B, C>, C> B configured(B builder) {
    return builder
        .region(region)
        .credentialsProvider(credentials)
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(
                    AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build())
                .apiCallAttemptTimeout(ATTEMPT)
                .apiCallTimeout(CALL)
                .build());
  }
}
