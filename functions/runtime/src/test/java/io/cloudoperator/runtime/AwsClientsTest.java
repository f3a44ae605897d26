package io.cloudoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointParams;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointProvider;

class AwsClientsTest {
  private final AwsClients clients =
      new AwsClients(Settings.of(Map.of("AWS_REGION", "eu-south-2")));

  @Test
  void speaksToTheRegionOfTheFunction() {
    try (DynamoDbClient dynamoDb = clients.dynamoDb();
        KmsClient kms = KeyClients.kms(clients)) {
      assertThat(dynamoDb.serviceClientConfiguration().region()).isEqualTo(Region.EU_SOUTH_2);
      assertThat(kms.serviceClientConfiguration().region()).isEqualTo(Region.EU_SOUTH_2);
    }
  }

  @Test
  void asksTheRegionsOwnStsUnlessGivenAnother() {
    URI other = URI.create("http://127.0.0.1:5000");
    try (StsClient own = CustomerClients.sts(clients, clients.http(), Optional.empty());
        StsClient given = CustomerClients.sts(clients, clients.http(), Optional.of(other))) {
      URI regional =
          StsEndpointProvider.defaultProvider()
              .resolveEndpoint(
                  StsEndpointParams.builder()
                      .region(own.serviceClientConfiguration().region())
                      .build())
              .join()
              .endpointUrl()
              .toUri();
      assertThat(regional).isEqualTo(URI.create("https://sts.eu-south-2.amazonaws.com"));
      assertThat(own.serviceClientConfiguration().endpointOverride()).isEmpty();
      assertThat(given.serviceClientConfiguration().endpointOverride()).contains(other);
    }
  }

  /** The clients leave it to the JDK, whose list of what is disabled has had the older ones. */
  @Test
  void speaksNothingOlderThanTls12() throws Exception {
    assertThat(SSLContext.getDefault().getDefaultSSLParameters().getProtocols())
        .isNotEmpty()
        .isSubsetOf("TLSv1.2", "TLSv1.3");
  }

  @Test
  void triesFourTimesAndNotForLongerThanTwelveSeconds() {
    try (DynamoDbClient client = clients.dynamoDb()) {
      ClientOverrideConfiguration common =
          client.serviceClientConfiguration().overrideConfiguration();
      assertThat(common.retryStrategy().orElseThrow().maxAttempts()).isEqualTo(4);
      assertThat(common.apiCallTimeout()).contains(Duration.ofSeconds(12));
      assertThat(common.apiCallAttemptTimeout()).contains(Duration.ofSeconds(5));
    }
  }
}
