package io.cloudoperator.query;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.cloudoperator.access.Manifest;
import io.cloudoperator.access.SessionPolicy;
import io.cloudoperator.connection.Tier;
import java.util.Arrays;
import java.util.List;

/** What may be called in a customer's account, drawn from the very list that the client obeys. */
record PermissionsView(List<TierView> tiers) {
  static PermissionsView published() {
    return new PermissionsView(Arrays.stream(Tier.values()).map(TierView::of).toList());
  }

  /**
   * A tier.
   *
   * @param granted the permissions of the customer's role
   * @param sessionPolicy passed with every AssumeRole: a session can do no more than this
   * @param operations every operation that is called
   */
  record TierView(
      Tier tier,
      List<String> granted,
      @JsonRawValue String sessionPolicy,
      List<Manifest.Permission> operations) {
    private static TierView of(Tier tier) {
      return new TierView(
          tier, Manifest.granted(tier), SessionPolicy.of(tier), Manifest.published(tier));
    }
  }
}
