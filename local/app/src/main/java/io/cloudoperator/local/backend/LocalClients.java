package io.cloudoperator.local.backend;

import io.cloudoperator.aws.Partitions;
import io.cloudoperator.connection.Partition;
import io.cloudoperator.runtime.AwsClients;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.sample.AccessKey;
import io.cloudoperator.sample.SampleAws;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClientBuilder;
import software.amazon.awssdk.services.sfn.SfnClientBuilder;
import software.amazon.awssdk.services.sts.StsClientBuilder;

/**
 * The clients of a deployment on a laptop. The tables, the bus and the state machine are here, the
 * keys are the sample's; only AssumeRole and what follows from it goes to the customer's side.
 */
final class LocalClients extends AwsClients {
  private final SampleAws sample;
  private final DynamoDbClient database;
  private final URI events;
  private final Region customerRegion;
  private final AwsCredentialsProvider customerBroker;
  private volatile Optional<URI> states = Optional.empty();

  /**
   * @param settings of any function: all are in one region
   * @param events where the bus is
   */
  LocalClients(
      Settings settings, SampleAws sample, DynamoDbClient database, URI events, CustomerSide side)
      throws StartException {
    super(settings);
    this.sample = sample;
    this.database = database;
    this.events = events;
    switch (side) {
      case CustomerSide.Sample _ -> {
        customerRegion = Region.US_EAST_1;
        customerBroker = sampleBroker(sample);
      }
      case CustomerSide.Remote remote -> {
        customerRegion = region(remote);
        customerBroker = broker(remote);
      }
    }
  }

  /** From here on the state machine listens. */
  void statesAt(URI endpoint) {
    states = Optional.of(endpoint);
  }

  @Override
  public DynamoDbClient dynamoDb() {
    return database;
  }

  @Override
  public <B extends AwsClientBuilder<B, C>, C> B configured(B builder) {
    return switch ((Object) builder) {
      // Its endpoint is the customer's side, which the settings name.
      case StsClientBuilder _ -> builder.region(customerRegion).credentialsProvider(customerBroker);
      case EventBridgeClientBuilder _ -> ours(builder, events);
      case SfnClientBuilder _ -> ours(builder, states.orElseThrow());
      default -> ours(builder, sample.endpoint());
    };
  }

  private <B extends AwsClientBuilder<B, C>, C> B ours(B builder, URI endpoint) {
    return builder
        .region(region())
        .credentialsProvider(sampleBroker(sample))
        .endpointOverride(endpoint);
  }

  private static AwsCredentialsProvider sampleBroker(SampleAws sample) {
    AccessKey key = sample.brokerCredentials();
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
  }

  private static AwsCredentialsProvider broker(CustomerSide.Remote remote) throws StartException {
    Partition partition = remote.role().partition();
    if (Partitions.regions(partition).isEmpty()) {
      throw new StartException("There is no AWS partition " + partition + ".");
    }
    DefaultCredentialsProvider.Builder chain = DefaultCredentialsProvider.builder();
    remote.profile().ifPresent(chain::profileName);
    DefaultCredentialsProvider credentials = chain.build();
    try {
      credentials.resolveCredentials();
      return credentials;
    } catch (SdkClientException _) {
      if (remote.profile().isEmpty() && remote.endpoint().isPresent()) {
        // Emulators ask for a signature and do not check it.
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
      }
      throw new StartException(
          remote
              .profile()
              .map(name -> "The profile " + name + " gives no credentials.")
              .orElse("No AWS credentials were found; name a profile with --profile."));
    }
  }

  private static Region region(CustomerSide.Remote remote) {
    DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
    remote.profile().ifPresent(chain::profileName);
    try {
      return chain.build().getRegion();
    } catch (SdkClientException _) {
      return Partitions.regions(remote.role().partition()).stream()
          .findFirst()
          .map(region -> Region.of(region.value()))
          .orElse(Region.US_EAST_1);
    }
  }
}
