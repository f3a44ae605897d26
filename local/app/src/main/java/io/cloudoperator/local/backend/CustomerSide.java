package io.cloudoperator.local.backend;

import io.cloudoperator.aws.Partitions;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.sample.SampleConfig;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Whose account is scanned. */
public sealed interface CustomerSide {
  /** What happens to a role that can be assumed without its External ID. */
  ProofPolicy proof();

  /**
   * The sample account.
   *
   * @param denied regions that a service control policy denies
   */
  record Sample(SampleConfig config, Set<String> denied) implements CustomerSide {
    public Sample {
      denied = Set.copyOf(denied);
    }

    @Override
    public ProofPolicy proof() {
      return ProofPolicy.REQUIRE;
    }
  }

  /**
   * An account in AWS, or behind an AWS-compatible endpoint.
   *
   * @param externalId that the role's trust policy asks for already; without it a new one is made
   * @param profile whose credentials assume the role; without it the SDK's default chain is asked
   * @param endpoint in place of AWS's own
   */
  record Remote(
      RoleArn role,
      Optional<ExternalId> externalId,
      Optional<String> profile,
      Optional<URI> endpoint,
      ProofPolicy proof)
      implements CustomerSide {
    /**
     * Where roles of the account are assumed: AWS's own address is of the partition's first region.
     */
    public URI sts() {
      return endpoint.orElseGet(() -> {
        RegionName region = Partitions.regions(role.partition()).getFirst();
        return URI.create("https://sts.%s.%s".formatted(region, Partitions.dnsSuffix(region)));
      });
    }
  }
}
