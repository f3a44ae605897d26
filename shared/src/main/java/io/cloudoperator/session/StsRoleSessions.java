package io.cloudoperator.session;

import io.cloudoperator.aws.AwsErrors;
import io.cloudoperator.aws.CallLedger;
import io.cloudoperator.aws.Partitions;
import io.cloudoperator.aws.Sleeper;
import io.cloudoperator.aws.Transport;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.Partition;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.SessionPhase;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Assumes customers' roles with the broker's credentials, at a regional STS endpoint. */
public final class StsRoleSessions implements RoleSessions {
  /**
   * How long a session lives: the shortest that AssumeRole grants, which every role allows.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
   */
  public static final int SESSION_SECONDS = 900;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(15);

  private static final int MOST_ATTEMPTS = 4;
  // Enabled in every account; those that most accounts use come first. The SDK does not know which
  // regions have to be opted into; only this partition has such.
  // https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
  private static final List<RegionName> DEFAULT_REGIONS =
      Stream.of(
              "us-east-1",
              "eu-central-1",
              "eu-west-1",
              "us-west-2",
              "ap-southeast-1",
              "ap-northeast-1",
              "us-east-2",
              "eu-west-2",
              "eu-north-1",
              "eu-west-3",
              "ap-south-1",
              "ap-southeast-2",
              "ap-northeast-2",
              "ca-central-1",
              "sa-east-1",
              "us-west-1",
              "ap-northeast-3")
          .map(RegionName::new)
          .toList();
  private static final Partition COMMERCIAL = new Partition("aws");

  private final StsClient sts;
  private final Transport transport;
  private final InstantSource clock;
  private final Sleeper sleeper;

  /**
   * @param sts with the broker's credentials, in the broker's region
   * @param http for every call in customers' accounts, such as {@link #httpClient}
   * @param endpoint an AWS-compatible endpoint for the customer's side instead of AWS; the STS
   *     client's own is the caller's to set
   */
  public StsRoleSessions(
      StsClient sts,
      SdkHttpClient http,
      Optional<URI> endpoint,
      InstantSource clock,
      Sleeper sleeper) {
    this(sts, new Transport(http, endpoint, StsRoleSessions::retries), clock, sleeper);
  }

  StsRoleSessions(StsClient sts, Transport transport, InstantSource clock, Sleeper sleeper) {
    this.sts = sts;
    this.transport = transport;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /**
   * An HTTP client to share over all accounts and regions, with the timeouts of a scan. Whether a
   * proxy leads to AWS is for {@link java.net.ProxySelector} to say: the SDK would send everything
   * to HTTP_PROXY, and nothing to HTTPS_PROXY.
   */
  public static SdkHttpClient httpClient() {
    return UrlConnectionHttpClient.builder()
        .proxyConfiguration(
            ProxyConfiguration.builder()
                .useEnvironmentVariablesValues(false)
                .useSystemPropertyValues(false)
                .build())
        .connectionTimeout(CONNECT_TIMEOUT)
        .socketTimeout(SOCKET_TIMEOUT)
        .build();
  }

  private static RetryStrategy retries() {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(MOST_ATTEMPTS)
        .backoffStrategy(
            BackoffStrategy.exponentialDelay(Duration.ofMillis(100), Duration.ofSeconds(5)))
        .throttlingBackoffStrategy(
            BackoffStrategy.exponentialDelay(Duration.ofSeconds(1), Duration.ofSeconds(10)))
        .build();
  }

  @Override
  public AssumeRoleResult assume(
      RoleArn role,
      Optional<ExternalId> externalId,
      String sessionName,
      Tier tier,
      SessionPhase phase) {
    CallLedger ledger = new CallLedger(clock);
    try {
      AssumeRoleResponse answer =
          sts.assumeRole(
              request(role, externalId, sessionName, SessionPolicy.of(tier, phase, role), ledger));
      Credentials granted = answer.credentials();
      return new AssumeRoleResult.Granted(
          new AwsRoleSession(
              AwsSessionCredentials.create(
                  granted.accessKeyId(), granted.secretAccessKey(), granted.sessionToken()),
              Manifest.operations(tier, phase),
              homes(role),
              transport,
              clock,
              sleeper),
          packedPolicyPercent(answer),
          ledger.calls());
    } catch (SdkException e) {
      String code = AwsErrors.code(e);
      return code.equals(AwsErrors.ACCESS_DENIED)
          ? new AssumeRoleResult.Denied(code, ledger.calls())
          : new AssumeRoleResult.Inconclusive(code, ledger.calls());
    }
  }

  /** The SDK's model calls it deprecated, and names nothing in its place. */
  @SuppressWarnings("deprecation")
  private static int packedPolicyPercent(AssumeRoleResponse answer) {
    return Optional.ofNullable(answer.packedPolicySize()).orElse(0);
  }

  private static AssumeRoleRequest request(
      RoleArn role,
      Optional<ExternalId> externalId,
      String sessionName,
      String policy,
      CallLedger ledger) {
    return AssumeRoleRequest.builder()
        .roleArn(role.value())
        .roleSessionName(sessionName)
        .durationSeconds(SESSION_SECONDS)
        .policy(policy)
        .applyMutation(request -> externalId.ifPresent(id -> request.externalId(id.value())))
        .overrideConfiguration(override ->
            override.addPlugin(client ->
                client.overrideConfiguration(
                    client.overrideConfiguration().toBuilder()
                        .addExecutionInterceptor(ledger)
                        .build())))
        .build();
  }

  /**
   * The broker's own region is nearest; the others are enabled in every account, unless a service
   * control policy keeps it out of them.
   */
  private List<RegionName> homes(RoleArn role) {
    Partition partition = role.partition();
    RegionName own = new RegionName(sts.serviceClientConfiguration().region().id());
    List<RegionName> near = Partitions.of(own).equals(partition) ? List.of(own) : List.of();
    List<RegionName> others =
        partition.equals(COMMERCIAL) ? DEFAULT_REGIONS : Partitions.regions(partition);
    return Stream.concat(near.stream(), others.stream()).distinct().toList();
  }
}
