package io.cloudoperator.runtime.view;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.reconcile.LedgerDocument;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.session.SessionPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Ledgers as they are published, and as they are held against CloudTrail. */
public final class LedgerDocuments {
  private LedgerDocuments() {}

  /**
   * Some ledgers of a connection.
   *
   * @param broker whose roles make the calls
   * @param asOf when the ledgers were read
   * @param next where the next page begins; empty on the last
   */
  public static LedgerDocument of(
      Connection connection,
      AccountId broker,
      Instant asOf,
      List<Ledger> ledgers,
      Optional<String> next) {
    return new LedgerDocument(
        connection.id(),
        connection.account(),
        connection.tier(),
        broker,
        asOf,
        json(SessionPolicy.of(connection.tier())),
        verifyPolicy(connection.tier()),
        ledgers,
        next);
  }

  /** What limits the sessions that check the account; empty where there are none. */
  public static Optional<JsonNode> verifyPolicy(Tier tier) {
    return switch (tier) {
      case MINIMAL -> Optional.empty();
      case AUDIT -> Optional.of(json(SessionPolicy.published(tier, SessionPhase.VERIFY)));
    };
  }

  private static JsonNode json(String policy) {
    try {
      return Json.STRICT.readTree(policy);
    } catch (JacksonException e) {
      throw new IllegalStateException("a session policy is JSON", e);
    }
  }
}
