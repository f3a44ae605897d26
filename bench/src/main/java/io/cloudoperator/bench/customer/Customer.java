package io.cloudoperator.bench.customer;

import io.cloudoperator.aws.Sleeper;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.session.AssumeRoleResult;
import io.cloudoperator.session.RoleSession;
import io.cloudoperator.session.StsRoleSessions;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
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

  /** From the first of the arguments of a command. */
  public static Customer of(String[] arguments) {
    return new Customer(
        URI.create(arguments[0]), arguments[1], arguments[2], arguments[3], arguments[4]);
  }

  /** As arguments of a command, before others. */
  public List<String> arguments(String... more) {
    return Stream.concat(
            Stream.of(endpoint.toString(), keyId, secret, role, externalId), Stream.of(more))
        .toList();
  }

  /** A client with the broker's credentials. */
  public StsClient sts(SdkHttpClient http) {
    return StsClient.builder()
        .httpClient(http)
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(keyId, secret)))
        .build();
  }

  /**
   * A session as the scanner opens it.
   *
   * @throws IllegalStateException if the role cannot be assumed
   */
  public RoleSession session(StsClient sts, SdkHttpClient http) {
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
    return Ec2Client.builder()
        .overrideConfiguration(config -> config.executionInterceptors(List.of(interceptors)))
        .httpClient(http)
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .build();
  }
}
