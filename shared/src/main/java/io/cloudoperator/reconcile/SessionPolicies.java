package io.cloudoperator.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.json.Json;
import io.cloudoperator.policy.PolicyWriter;
import io.cloudoperator.reconcile.Findings.Assumption.PolicyIs;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The session policies that AssumeRole events passed, compared with the published ones. */
final class SessionPolicies {
  // What AWS writes in an event in place of a parameter that it hides.
  private static final String HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS";

  private final LedgerDocument ledger;
  private final CountedEntries<PolicyIs, Findings.Assumption> remarkable =
      new CountedEntries<>(
          Findings.POLICIES_LISTED,
          Comparator.comparing(Findings.Assumption::time)
              .thenComparing(Findings.Assumption::eventId));
  private long otherDuration;
  private long withoutExternalId;
  private boolean assumedOtherwise;

  SessionPolicies(LedgerDocument ledger) {
    this.ledger = ledger;
  }

  /** Takes one of our sessions. */
  void judge(Event event, Event.Assume assume) {
    PolicyIs policy = policy(assume);
    remarkable.count(policy);
    boolean duration =
        assume.shown()
            && !assume.durationSeconds().equals(Optional.of(KeyUses.SESSION.toSeconds()));
    boolean anonymous = assume.shown() && !assume.externalId();
    otherDuration += duration ? 1 : 0;
    withoutExternalId += anonymous ? 1 : 0;
    // A proof tries to assume the role without the External ID. That this is let in says something
    // of the role, and is shown; that it was tried is no difference.
    assumedOtherwise |= policy == PolicyIs.OTHER || policy == PolicyIs.NONE || duration;
    if (policy != PolicyIs.PUBLISHED || duration || anonymous) {
      remarkable.list(
          new Findings.Assumption(
              event.time(),
              event.region(),
              assume.session(),
              event.id(),
              policy,
              assume.policy(),
              assume.durationSeconds(),
              assume.externalId()));
    }
  }

  private PolicyIs policy(Event.Assume assume) {
    if (!assume.shown() || assume.policy().equals(Optional.of(HIDDEN))) {
      return PolicyIs.NOT_SHOWN;
    }
    if (assume.policy().isEmpty()) {
      return PolicyIs.NONE;
    }
    try {
      JsonNode policy = Json.STRICT.readTree(assume.policy().get());
      return policy.equals(ledger.sessionPolicy()) || isVerifying(policy, assume.roleArn())
          ? PolicyIs.PUBLISHED
          : PolicyIs.OTHER;
    } catch (JsonProcessingException _) {
      return PolicyIs.OTHER;
    }
  }

  /** Whether it is what is published for the phase that verifies, for the role of the event. */
  private boolean isVerifying(JsonNode policy, String roleArn) {
    return ledger.verifySessionPolicy().isPresent()
        && policy.equals(ofRole(ledger.verifySessionPolicy().get(), roleArn));
  }

  // The characters of a path that mean something in a policy stand there as ${*} and the like.
  private static JsonNode ofRole(JsonNode published, String roleArn) {
    JsonNode policy = published.deepCopy();
    for (JsonNode statement : policy.path("Statement")) {
      if (statement instanceof ObjectNode one
          && one.path("Resource").asText().equals(LedgerDocument.ROLE)) {
        one.put("Resource", PolicyWriter.literal(roleArn));
      }
    }
    return policy;
  }

  /** Whether one of them was not limited as we say. */
  boolean assumedOtherwise() {
    return assumedOtherwise;
  }

  Findings.Assumptions findings() {
    return new Findings.Assumptions(
        Stream.of(PolicyIs.values()).mapToLong(remarkable::counted).sum(),
        remarkable.counted(PolicyIs.PUBLISHED),
        remarkable.counted(PolicyIs.OTHER),
        remarkable.counted(PolicyIs.NONE),
        remarkable.counted(PolicyIs.NOT_SHOWN),
        otherDuration,
        withoutExternalId,
        remarkable.listed());
  }
}
