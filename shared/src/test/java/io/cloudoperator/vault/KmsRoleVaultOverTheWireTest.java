package io.cloudoperator.vault;

import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.sample.SampleConfig;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** The same over KMS's own protocol, answered by an implementation that knows nothing of ours. */
class KmsRoleVaultOverTheWireTest extends KmsRoleVaultContract<KmsClient> {
  @SuppressWarnings("NullAway.Init")
  private static SampleAws aws;

  @SuppressWarnings("NullAway.Init")
  private static KmsClient client;

  KmsRoleVaultOverTheWireTest() {
    super(client, aws.kmsKeyArn());
  }

  @BeforeAll
  static void start() throws IOException {
    aws = SampleAws.start(SampleConfig.defaults().withInstances(1).withBuckets(1));
    client =
        KmsClient.builder()
            .endpointOverride(aws.endpoint())
            .region(Region.US_EAST_1)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        aws.brokerCredentials().accessKeyId(),
                        aws.brokerCredentials().secretAccessKey())))
            .build();
  }

  @AfterAll
  static void stop() {
    client.close();
    aws.close();
  }
}
