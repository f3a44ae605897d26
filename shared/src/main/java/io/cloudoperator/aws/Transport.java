package io.cloudoperator.aws;

import io.cloudoperator.connection.RegionName;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.client.builder.AwsDefaultClientBuilder;
import software.amazon.awssdk.awscore.client.config.AwsClientOption;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.endpoint.AwsClientEndpointProvider;
import software.amazon.awssdk.core.ClientEndpointProvider;
import software.amazon.awssdk.core.CompressionConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.client.config.SdkClientConfiguration;
import software.amazon.awssdk.core.client.config.SdkClientOption;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadataAdvancedOption;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * What all {@link AwsClient}s of a process share: it is made once, for a scan makes a client of
 * each service in each region. Safe for use by many threads.
 */
public final class Transport {
  private static final URI NOWHERE = URI.create("https://aws.invalid");
  private static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

  private static final CompressionConfiguration NO_COMPRESSION =
      CompressionConfiguration.builder()
          .requestCompressionEnabled(false)
          .minimumCompressionThresholdInBytes(0)
          .build();

  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);
  private static final ScheduledThreadPoolExecutor TIMEOUTS = timeouts();

  private final Optional<URI> endpoint;
  private final Supplier<RetryStrategy> retries;
  private final SdkClientConfiguration shared;

  /**
   * @param http never closed by a client
   * @param endpoint used for every service and region, where it is given
   * @param retries how often and when a failed attempt is repeated; a new one for each client, for
   *     a strategy has one quota of retries, and no region may use up another's
   */
  public Transport(SdkHttpClient http, Optional<URI> endpoint, Supplier<RetryStrategy> retries) {
    this.endpoint = endpoint;
    this.retries = retries;
    this.shared =
        new Builder()
            .region(Region.AWS_GLOBAL)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(http)
            .defaultsMode(DefaultsMode.LEGACY)
            .applyMutation(builder ->
                endpoint.ifPresent(other ->
                    builder.endpointOverride(other).fipsEnabled(false).dualstackEnabled(false)))
            .overrideConfiguration(override -> {
              // What profiles say besides is of AWS's own endpoints.
              endpoint.ifPresent(_ -> override.defaultProfileFile(NO_PROFILES));
              override
                  .compressionConfiguration(NO_COMPRESSION)
                  .retryStrategy(retries.get())
                  .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                  .apiCallTimeout(CALL_TIMEOUT)
                  .scheduledExecutorService(TIMEOUTS)
                  .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_PREFIX, "CloudOperator");
            })
            .build();
  }

  private static ScheduledThreadPoolExecutor timeouts() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("customer-call-timeouts").factory());
    executor.setRemoveOnCancelPolicy(true);
    executor.prestartCoreThread();
    return executor;
  }

  /**
   * What a client is made of: the shared configuration, with all in it that depends on the service
   * and the region. Requests are signed with these credentials and no others.
   */
  SdkClientConfiguration configuration(
      AwsService service,
      RegionName region,
      AwsSessionCredentials credentials,
      List<ExecutionInterceptor> interceptors) {
    Region asked = Region.of(region.value());
    List<ExecutionInterceptor> all =
        new ArrayList<>(shared.option(SdkClientOption.EXECUTION_INTERCEPTORS));
    all.add(new RequestSigning(service, region, credentials));
    all.addAll(interceptors);
    return shared.toBuilder()
        .option(SdkClientOption.SERVICE_NAME, service.id().toUpperCase(Locale.ROOT))
        .option(AwsClientOption.SERVICE_SIGNING_NAME, service.id())
        .option(AwsClientOption.ENDPOINT_PREFIX, service.id())
        .option(AwsClientOption.AWS_REGION, asked)
        .option(AwsClientOption.SIGNING_REGION, asked)
        .option(SdkClientOption.CLIENT_ENDPOINT_PROVIDER, endpoint(service, asked))
        .option(SdkClientOption.RETRY_STRATEGY, retries.get())
        .option(SdkClientOption.EXECUTION_INTERCEPTORS, all)
        .build();
  }

  private ClientEndpointProvider endpoint(AwsService service, Region region) {
    return endpoint
        .map(ClientEndpointProvider::forEndpointOverride)
        .orElseGet(() -> ofAws(service, region));
  }

  /** AwsClientEndpointProvider is deprecated, and what is to replace it knows overrides alone. */
  @SuppressWarnings("deprecation")
  private ClientEndpointProvider ofAws(AwsService service, Region region) {
    String variable = service.id().toUpperCase(Locale.ROOT);
    return AwsClientEndpointProvider.builder()
        .serviceEndpointOverrideEnvironmentVariable("AWS_ENDPOINT_URL_" + variable)
        .serviceEndpointOverrideSystemProperty("aws.endpointUrl" + variable)
        .serviceProfileProperty(service.id())
        .serviceEndpointPrefix(service.id())
        .defaultProtocol("https")
        .region(service.endpoint(region))
        .profileFile(shared.option(SdkClientOption.PROFILE_FILE_SUPPLIER))
        .profileName(shared.option(SdkClientOption.PROFILE_NAME))
        .putAdvancedOption(
            ServiceMetadataAdvancedOption.DEFAULT_S3_US_EAST_1_REGIONAL_ENDPOINT,
            shared.option(ServiceMetadataAdvancedOption.DEFAULT_S3_US_EAST_1_REGIONAL_ENDPOINT))
        .dualstackEnabled(shared.option(AwsClientOption.DUALSTACK_ENDPOINT_ENABLED))
        .fipsEnabled(shared.option(AwsClientOption.FIPS_ENDPOINT_ENABLED))
        .build();
  }

  /** Builds what is shared, as a generated client's builder does, but of no service yet. */
  private static final class Builder
      extends AwsDefaultClientBuilder<Builder, SdkClientConfiguration> {
    @Override
    protected String serviceEndpointPrefix() {
      return "";
    }

    @Override
    protected String signingName() {
      return "";
    }

    @Override
    protected String serviceName() {
      return "";
    }

    @Override
    protected SdkClientConfiguration mergeServiceDefaults(SdkClientConfiguration defaults) {
      AwsV4AuthScheme scheme = AwsV4AuthScheme.create();
      return defaults.merge(options ->
          options
              .option(SdkClientOption.AUTH_SCHEMES, Map.of(scheme.schemeId(), scheme))
              .option(SdkClientOption.CRC32_FROM_COMPRESSED_DATA_ENABLED, false));
    }

    @Override
    protected SdkClientConfiguration finalizeServiceConfiguration(SdkClientConfiguration options) {
      // A configuration has to have one; each client gets its own.
      return options.toBuilder()
          .lazyOptionIfAbsent(
              SdkClientOption.CLIENT_ENDPOINT_PROVIDER,
              _ -> ClientEndpointProvider.create(NOWHERE, false))
          .build();
    }

    @Override
    protected SdkClientConfiguration buildClient() {
      return syncClientConfiguration();
    }
  }
}
