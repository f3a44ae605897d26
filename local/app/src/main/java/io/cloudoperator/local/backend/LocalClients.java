package io.cloudoperator.local.backend;

import io.cloudoperator.aws.Partitions;
import io.cloudoperator.connection.Partition;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.platform.FixedEndpointClients;
import io.cloudoperator.runtime.AwsClients;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.sample.AccessKey;
import io.cloudoperator.sample.SampleAws;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClientBuilder;
import software.amazon.awssdk.services.sfn.SfnClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;

/**
 * The clients of a deployment on a laptop. The tables, the bus and the state machine are here, the
 * keys are the sample's; only AssumeRole and what follows from it goes to the customer's side.
 */
final class LocalClients extends AwsClients {
  private final SampleAws sample;
  private final Supplier<DynamoDbClient> database;
  private final URI events;
  private final Region customerRegion;
  private final AwsCredentialsProvider customerBroker;
  private final Optional<URI> customerEndpoint;
  private final SdkHttpClient http = FixedEndpointClients.http();
  private volatile Optional<URI> states = Optional.empty();

  /**
   * @param settings of any function: all are in one region
   * @param database is asked for once a function is made
   * @param events where the bus is
   * @param broker what assumes the customers' roles; the sample's own if it is not said
   */
  LocalClients(
      Settings settings,
      SampleAws sample,
      Supplier<DynamoDbClient> database,
      URI events,
      CustomerSide side,
      Optional<AwsCredentialsProvider> broker)
      throws StartException {
    super(settings);
    this.sample = sample;
    this.database = database;
    this.events = events;
    customerBroker = broker.orElseGet(() -> sampleBroker(sample));
    switch (side) {
      case CustomerSide.Sample _ -> {
        customerRegion = Region.US_EAST_1;
        customerEndpoint = Optional.of(sample.endpoint());
      }
      case CustomerSide.Remote remote -> {
        customerRegion = region(remote);
        customerEndpoint = remote.endpoint();
        checkSettings();
      }
    }
  }

  /** From here on the state machine listens. */
  void statesAt(URI endpoint) {
    states = Optional.of(endpoint);
  }

  @Override
  public synchronized DynamoDbClient dynamoDb() {
    return database.get();
  }

  /** Of what listens here: it goes nowhere else, whatever the SDK's settings of proxies are. */
  @Override
  public SdkHttpClient http() {
    return http;
  }

  @Override
  public <B extends AwsClientBuilder<B, C>, C> B configured(B builder) {
    return switch ((Object) builder) {
      case StsClientBuilder _ -> customers(builder);
      case EventBridgeClientBuilder _ -> ours(builder, events);
      case SfnClientBuilder _ -> ours(builder, states.orElseThrow());
      default -> ours(builder, sample.endpoint());
    };
  }

  private <B extends AwsClientBuilder<B, C>, C> B ours(B builder, URI endpoint) {
    return FixedEndpointClients.configured(builder, endpoint, region(), sampleBroker(sample));
  }

  private <B extends AwsClientBuilder<B, C>, C> B customers(B builder) {
    return customerEndpoint
        .map(endpoint ->
            FixedEndpointClients.configured(builder, endpoint, customerRegion, customerBroker))
        // FIPS and dual stack endpoints are as the environment and the profile ask for.
        .orElseGet(() ->
            builder
                .region(customerRegion)
                .credentialsProvider(customerBroker)
                .defaultsMode(DefaultsMode.LEGACY)
                .overrideConfiguration(
                    override -> override.retryStrategy(AwsRetryStrategy.standardRetryStrategy())));
  }

  private static AwsCredentialsProvider sampleBroker(SampleAws sample) {
    AccessKey key = sample.brokerCredentials();
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
  }

  /** So that a setting of AWS's SDKs which cannot be is told of before anything is called. */
  private void checkSettings() throws StartException {
    try {
      customers(StsClient.builder().httpClient(http)).build().close();
    } catch (RuntimeException e) {
      throw new StartException(ProfileFailure.printable(e.getMessage()) + ".");
    }
  }

  private static Region region(CustomerSide.Remote remote) throws StartException {
    Partition partition = remote.role().partition();
    RegionName first =
        Partitions.regions(partition).stream()
            .findFirst()
            .orElseThrow(() -> new StartException("There is no AWS partition " + partition + "."));
    DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
    remote.profile().ifPresent(chain::profileName);
    try {
      return Region.of(new RegionName(chain.build().getRegion().id()).value());
    } catch (SdkClientException _) {
      return Region.of(first.value());
    } catch (IllegalArgumentException e) {
      throw new StartException(
          "The region of AWS_REGION, or of the profile, is none: "
              + ProfileFailure.printable(e.getMessage())
              + ".");
    }
  }
}
