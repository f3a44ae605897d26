package io.cloudoperator.runtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Clients of our own account, made in init and kept for as long as the function lives. All share
 * one HTTP client, take their credentials from the default chain (which follows them across a
 * restore, as the environment's do not), and retry as said here whatever the environment says.
 *
 * <p>Every function needs the tables. Clients of services that only some need are made in classes
 * of their own, so that the artifacts of the others do without those services' modules.
 */
public class AwsClients {
  private static final int ATTEMPTS = 4;
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ATTEMPT = Duration.ofSeconds(5);
  private static final Duration CALL = Duration.ofSeconds(12);

  private final Region region;
  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private @Nullable DynamoDbClient dynamoDb;

  /** Clients in the region that the function runs in. */
  public AwsClients(Settings settings) {
    region = Region.of(settings.region());
    http =
        UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ATTEMPT).build();
    credentials = DefaultCredentialsProvider.builder().build();
  }

  public SdkHttpClient http() {
    return http;
  }

  public AwsCredentialsProvider credentials() {
    return credentials;
  }

  public Region region() {
    return region;
  }

  /** Of the tables: one for all stores. */
  public synchronized DynamoDbClient dynamoDb() {
    if (dynamoDb == null) {
      dynamoDb = configured(DynamoDbClient.builder().httpClient(http)).build();
    }
    return dynamoDb;
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
