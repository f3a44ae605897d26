package io.cloudoperator.platform;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.CompressionConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;

/**
 * SDK clients of an endpoint that is not AWS's own. Whatever a developer's environment and profiles
 * say of endpoints, FIPS, dual stack, retries, defaults and compression is meant for AWS, and
 * changes none of them; nonsense in it neither.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html">Settings
 *     of AWS's SDKs</a>
 */
public final class FixedEndpointClients {
  private static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

  private static final CompressionConfiguration NO_COMPRESSION =
      CompressionConfiguration.builder()
          .requestCompressionEnabled(false)
          .minimumCompressionThresholdInBytes(0)
          .build();

  private FixedEndpointClients() {}

  /** An HTTP client that goes where {@link java.net.ProxySelector} says, not the SDK's settings. */
  public static SdkHttpClient http() {
    return UrlConnectionHttpClient.builder()
        .proxyConfiguration(
            ProxyConfiguration.builder()
                .useEnvironmentVariablesValues(false)
                .useSystemPropertyValues(false)
                .build())
        .build();
  }

  /** The builder with all that it would else take from its surroundings. */
  public static <B extends AwsClientBuilder<B, C>, C> B configured(
      B builder, URI endpoint, Region region, AwsCredentialsProvider credentials) {
    return builder
        .endpointOverride(endpoint)
        .region(region)
        .credentialsProvider(credentials)
        .fipsEnabled(false)
        .dualstackEnabled(false)
        .defaultsMode(DefaultsMode.LEGACY)
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy())
                .compressionConfiguration(NO_COMPRESSION)
                .defaultProfileFile(NO_PROFILES)
                .defaultProfileName("none")
                .build());
  }
}
