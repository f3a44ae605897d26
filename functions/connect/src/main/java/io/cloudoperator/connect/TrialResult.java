package io.cloudoperator.connect;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Proof;
import java.util.List;

/** What came of proving a role. */
sealed interface TrialResult {
  /** Assumed with the External ID, into the account that the ARN names; probed without it. */
  record Assumed(AccountId account, Proof.Verdict proof, List<Proof.Probe> probes)
      implements TrialResult {}

  /** AWS refused for as long as we could wait. */
  record NotAssumable(String code) implements TrialResult {}

  /** The role is not of the account that its ARN names. */
  record WrongAccount() implements TrialResult {}

  /** AWS gave no clear answer: nothing may be concluded. */
  record Inconclusive(String code) implements TrialResult {}
}
