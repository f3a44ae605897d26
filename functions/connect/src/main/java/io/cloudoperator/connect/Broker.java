package io.cloudoperator.connect;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.runtime.Settings;
import java.net.URI;
import java.util.Optional;

/**
 * Who we are to a customer.
 *
 * @param account that we run in
 * @param rolePattern the {@code aws:PrincipalArn} of the roles that may assume customers' roles
 * @param templateUrl of customers' template, where the operator keeps a copy for CloudFormation
 */
record Broker(
    AccountId account,
    String rolePattern,
    String partition,
    String region,
    Optional<URI> templateUrl,
    ProofPolicy proofPolicy) {
  static Broker of(Settings settings) {
    return new Broker(
        settings.brokerAccount(),
        settings.brokerRolePattern(),
        settings.partition(),
        settings.region(),
        settings.customerTemplateUrl(),
        settings.proofPolicy());
  }
}
