package io.cloudoperator.runtime.view;

import io.cloudoperator.json.Json;
import io.cloudoperator.reconcile.Findings;
import io.cloudoperator.runtime.AnswerSize;

/** What ledger and CloudTrail say of each other, as it is answered. */
public final class FindingsView {
  private FindingsView() {}

  /**
   * With as many entries in each list as fit into an answer: what an event says may be long, for
   * whoever sends it may have written it.
   */
  public static Findings of(Findings all) {
    Findings shown = all;
    for (int most = Findings.LISTED / 2;
        AnswerSize.of(Json.write(shown)) > AnswerSize.ROOM && most > 0;
        most /= 2) {
      shown = all.listing(most);
    }
    return shown;
  }
}
