package io.cloudoperator.runtime;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.services.sts.StsClient;

/** The way to customers' accounts, for functions that have STS in their artifact. */
public final class CustomerClients {
  private CustomerClients() {}

  /**
   * Of the region's own STS endpoint: only its tokens are valid in opt-in regions.
   *
   * @param endpoint another AWS-compatible one in its place
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html">STS
   *     in a region</a>
   */
  public static StsClient sts(AwsClients clients, Optional<URI> endpoint) {
    var builder = clients.configured(StsClient.builder().httpClient(clients.http()));
    endpoint.ifPresent(builder::endpointOverride);
    return builder.build();
  }
}
