package io.cloudoperator.query.page;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.runtime.view.LedgerDocuments;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.session.SessionPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What may be called in a customer's account, drawn from the very list that the client obeys. */
record PermissionsView(List<TierView> tiers) {
  static PermissionsView published() {
    return new PermissionsView(Arrays.stream(Tier.values()).map(TierView::of).toList());
  }

  /**
   * A tier.
   *
   * @param granted the permissions of the policy that the customer's role has of its own
   * @param managedPolicies of AWS, by their names, that are attached to it besides
   * @param permissionsBoundary the managed policy of AWS that it stays inside; absent if it needs
   *     none
   * @param sessionPolicy passed with every AssumeRole: a session can do no more than this
   * @param verifySessionPolicy passed instead where the account and our own role are checked, with
   *     {@code ROLE_ARN} for the role's own ARN; absent where they are not
   * @param operations every operation that is called
   */
  record TierView(
      Tier tier,
      List<String> granted,
      List<String> managedPolicies,
      Optional<String> permissionsBoundary,
      @JsonRawValue String sessionPolicy,
      Optional<JsonNode> verifySessionPolicy,
      List<Manifest.Permission> operations) {
    private static TierView of(Tier tier) {
      Manifest.Granted granted = Manifest.granted(tier);
      return new TierView(
          tier,
          granted.actions(),
          granted.managedPolicies(),
          granted.boundary(),
          SessionPolicy.of(tier),
          LedgerDocuments.verifyPolicy(tier),
          Manifest.published(tier));
    }
  }
}
