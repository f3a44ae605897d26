package io.cloudoperator.local.cli;

import io.cloudoperator.connection.Tier;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How much the account's owner grants. */
final class TierOption {
  @Option(
      names = "--tier",
      paramLabel = "minimal|audit",
      defaultValue = "minimal",
      description =
          "What the role grants: instances and buckets, or every API as well (default:"
              + " ${DEFAULT-VALUE}).")
  private Tier tier = Tier.MINIMAL;

  Tier tier() {
    return tier;
  }

  /** As the HTTP API names it. */
  String word() {
    return tier.name().toLowerCase(Locale.ROOT);
  }
}
