package io.cloudoperator.bench.region;

import io.cloudoperator.aws.Sleeper;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.local.backend.CustomerSide;
import io.cloudoperator.local.backend.SampleCustomer;
import io.cloudoperator.sample.AccessKey;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.session.AssumeRoleResult;
import io.cloudoperator.session.RoleSession;
import io.cloudoperator.session.StsRoleSessions;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Where a customer's account is, and how to get into it.
 *
 * @param keyId of the broker, with {@code secret}
 */
public record Customer(URI endpoint, String keyId, String secret, String role, String externalId) {
  // Half of EC2's quota is the pace of a scan; a benchmark of what it takes does not wait for it.
  private static final Sleeper NO_PACE = _ -> {};

  /**
   * Starts a sample AWS whose pages are all full. It runs in the harness: what calls it, and is
   * measured, is in a JVM of its own, so that its memory and garbage count with nobody's.
   */
  public static SampleCustomer sample(SampleConfig config) throws IOException {
    return SampleCustomer.start(new CustomerSide.Sample(config.withUnevenPages(false), Set.of()));
  }

  /** Starts one with all of its instances in us-east-1, and no distance to it. */
  static SampleCustomer sample(int instances) throws IOException {
    return sample(SampleConfig.defaults().withRegions(1).withInstances(instances));
  }

  /** Launches the template of this tier into the sample's customer account. */
  public static Customer of(SampleCustomer sample, Tier tier) throws IOException {
    AccessKey broker = sample.aws().brokerCredentials();
    ExternalId externalId = ExternalId.random(new SecureRandom());
    return new Customer(
        sample.endpoint(),
        broker.accessKeyId(),
        broker.secretAccessKey(),
        sample.launch(externalId, tier).value(),
        externalId.value());
  }

  /** A client with the broker's credentials. */
  public StsClient sts(SdkHttpClient http) {
    return client(StsClient.builder(), AwsBasicCredentials.create(keyId, secret), http);
  }

  /**
   * A session as the scanner opens it.
   *
   * @throws IllegalStateException if the role cannot be assumed
   */
  RoleSession session(StsClient sts, SdkHttpClient http) {
    AssumeRoleResult assumption =
        new StsRoleSessions(sts, http, Optional.of(endpoint), InstantSource.system(), NO_PACE)
            .assume(
                new RoleArn(role), Optional.of(new ExternalId(externalId)), "bench", Tier.MINIMAL);
    return switch (assumption) {
      case AssumeRoleResult.Granted granted -> granted.session();
      case AssumeRoleResult refused -> throw new IllegalStateException("not assumed: " + refused);
    };
  }

  /** Credentials of a session that was opened with the SDK alone. */
  public AwsSessionCredentials assumeRole(StsClient sts) {
    Credentials granted =
        sts.assumeRole(request ->
                request
                    .roleArn(role)
                    .externalId(externalId)
                    .roleSessionName("bench")
                    .durationSeconds(900))
            .credentials();
    return AwsSessionCredentials.create(
        granted.accessKeyId(), granted.secretAccessKey(), granted.sessionToken());
  }

  /** The SDK's own client, on the same HTTP client as ours. */
  public Ec2Client ec2(
      AwsSessionCredentials credentials, SdkHttpClient http, ExecutionInterceptor... interceptors) {
    return client(
        Ec2Client.builder()
            .overrideConfiguration(config -> config.executionInterceptors(List.of(interceptors))),
        credentials,
        http);
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, AwsCredentials credentials, SdkHttpClient http) {
    return builder
        .httpClient(http)
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .build();
  }
}
