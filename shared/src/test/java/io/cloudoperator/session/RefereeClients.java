package io.cloudoperator.session;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.SessionPhase;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;

/** A client of the SDK's own and one of ours, for the same answers. */
final class RefereeClients {
  static final RegionName FRANKFURT = new RegionName("eu-central-1");

  private RefereeClients() {}

  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C sdk(
      B builder, URI endpoint) {
    return builder
        .region(Region.of(FRANKFURT.value()))
        .endpointOverride(endpoint)
        .httpClient(Sessions.HTTP)
        .credentialsProvider(StaticCredentialsProvider.create(Sessions.CREDENTIALS))
        .overrideConfiguration(override -> override.retryStrategy(Sessions.retries()))
        .build();
  }

  static AwsClient lean(AwsService service, URI endpoint) {
    return Sessions.client(service, FRANKFURT, Sessions.transport(endpoint));
  }

  static List<ReadOperation<?>> operations() {
    return Stream.of(SessionPhase.values())
        .<ReadOperation<?>>flatMap(phase -> Manifest.operations(Tier.AUDIT, phase).stream())
        .toList();
  }

  static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
