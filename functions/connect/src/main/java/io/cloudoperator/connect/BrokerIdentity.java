package io.cloudoperator.connect;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Partition;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.service.ReadOnlyRole;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who we are to a customer.
 *
 * @param account that we run in
 * @param rolePattern the {@code aws:PrincipalArn} of the roles that may assume customers' roles
 * @param templates of customers' roles by tier, where the operator keeps a copy for CloudFormation
 */
record BrokerIdentity(
    AccountId account,
    String rolePattern,
    Partition partition,
    String region,
    Map<Tier, URI> templates,
    ProofPolicy proofPolicy) {
  BrokerIdentity {
    templates = Map.copyOf(templates);
  }

  static BrokerIdentity of(Settings settings) {
    return new BrokerIdentity(
        settings.brokerAccount(),
        settings.brokerRolePattern(),
        settings.partition(),
        settings.region(),
        templates(settings),
        settings.proofPolicy());
  }

  private static Map<Tier, URI> templates(Settings settings) {
    Map<Tier, URI> templates = new EnumMap<>(Tier.class);
    for (Tier tier : Tier.values()) {
      settings.customerTemplateUrl(tier).ifPresent(url -> templates.put(tier, url));
    }
    return templates;
  }

  /** The role that a customer's account is asked to make. */
  ReadOnlyRole role(Tier tier) {
    return new ReadOnlyRole(tier, partition, account, rolePattern);
  }

  Optional<URI> template(Tier tier) {
    return Optional.ofNullable(templates.get(tier));
  }
}
