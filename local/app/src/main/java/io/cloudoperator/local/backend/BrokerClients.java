package io.cloudoperator.local.backend;

import io.cloudoperator.aws.Partitions;
import io.cloudoperator.connection.Partition;
import io.cloudoperator.aws.Sleeper;
import io.cloudoperator.sample.AccessKey;
import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.session.StsRoleSessions;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;

/**
 * The clients that a deployment makes of its own role. The key is the sample's and the state
 * machine runs here; only AssumeRole and what follows from it goes to the customer's side.
 */
final class BrokerClients implements AutoCloseable {
  private final SdkHttpClient http = UrlConnectionHttpClient.create();
  private final SdkHttpClient customerHttp = StsRoleSessions.httpClient();
  private final SampleAws sample;
  private final KmsClient kms;
  private final StsClient sts;
  private final Optional<URI> customerEndpoint;

  BrokerClients(SampleAws sample, CustomerSide side) throws StartException {
    this.sample = sample;
    this.kms =
        KmsClient.builder()
            .httpClient(http)
            .region(Region.US_EAST_1)
            .endpointOverride(sample.endpoint())
            .credentialsProvider(sampleBroker())
            .build();
    switch (side) {
      case CustomerSide.Sample _ -> {
        customerEndpoint = Optional.of(sample.endpoint());
        sts =
            StsClient.builder()
                .httpClient(customerHttp)
                .region(Region.US_EAST_1)
                .endpointOverride(sample.endpoint())
                .credentialsProvider(sampleBroker())
                .build();
      }
      case CustomerSide.Remote remote -> {
        customerEndpoint = remote.endpoint();
        StsClientBuilder builder =
            StsClient.builder()
                .httpClient(customerHttp)
                .region(region(remote))
                .credentialsProvider(broker(remote));
        remote.endpoint().ifPresent(builder::endpointOverride);
        sts = builder.build();
      }
    }
  }

  KmsClient kms() {
    return kms;
  }

  RoleSessions access() {
    return new StsRoleSessions(
        sts, customerHttp, customerEndpoint, InstantSource.system(), Sleeper.SYSTEM);
  }

  SfnClient states(URI endpoint) {
    return SfnClient.builder()
        .httpClient(http)
        .region(Region.US_EAST_1)
        .endpointOverride(endpoint)
        .credentialsProvider(sampleBroker())
        .build();
  }

  EventBridgeClient events(URI endpoint) {
    return EventBridgeClient.builder()
        .httpClient(http)
        .region(Region.US_EAST_1)
        .endpointOverride(endpoint)
        .credentialsProvider(sampleBroker())
        .build();
  }

  private AwsCredentialsProvider sampleBroker() {
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

  @Override
  public void close() {
    kms.close();
    sts.close();
    customerHttp.close();
    http.close();
  }
}
