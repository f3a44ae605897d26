package io.cloudoperator.query.page;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.Deletion;
import io.cloudoperator.connection.Partition;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.receipt.ServiceRetention;
import io.cloudoperator.runtime.Choice;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.view.LedgerDocuments;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.ReadOnlyRole;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.session.SessionPolicy;
import io.cloudoperator.session.StsRoleSessions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a customer has to know of this deployment before they trust it. {@code GET /trust.json} is
 * this record, and the page of {@code GET /security} is filled from it: they cannot differ.
 *
 * @param version of this build
 * @param securityContact whom to tell of a vulnerability; absent where the operator names nobody
 * @param tiers by their words, such as {@code minimal}
 * @param kept what is stored of a connection, where, and until when
 * @param services of AWS that have something of it
 * @param certifications that the deployment holds; empty if none
 */
record TrustFacts(
    String version,
    Broker broker,
    Optional<Contact> securityContact,
    Session session,
    ProofRule proof,
    Map<String, TierFacts> tiers,
    Retention retention,
    List<TrustStatements.Kept> kept,
    List<String> stored,
    List<String> neverStored,
    List<TrustStatements.Service> services,
    List<TrustStatements.Subprocessor> subprocessors,
    List<String> certifications,
    TrustStatements.IamActions iamActions) {

  /** The External ID in a policy that is shown to anybody. */
  static final String EXTERNAL_ID = "YOUR_EXTERNAL_ID";

  /**
   * Who assumes customers' roles.
   *
   * @param region that everything is stored in
   * @param rolePattern the {@code aws:PrincipalArn} that customers' trust policies name
   */
  record Broker(AccountId account, String partition, String region, String rolePattern) {}

  /**
   * Whom to tell of a vulnerability.
   *
   * @param label the address as people write it
   */
  record Contact(URI uri, String label) {
    static Contact of(URI uri) {
      return new Contact(uri, uri.toString().replaceFirst("^mailto:", ""));
    }
  }

  /** How long a session in a customer's account lives at most. */
  record Session(int seconds, int minutes) {}

  /**
   * The proof that a role needs its External ID.
   *
   * @param required whether a role that fails it is refused
   * @param repeatedAfterHours the age at which it is repeated before a scan
   * @param holdsForHours the age at which nothing is read on it any more
   */
  record ProofRule(boolean required, long repeatedAfterHours, long holdsForHours) {}

  /**
   * A tier.
   *
   * @param role its name, as the templates make it
   * @param stack the name of the stack that makes it
   * @param granted the actions of the policy that the role has of its own
   * @param managedPolicies of AWS, by their names, that are attached to it besides
   * @param permissionsBoundary the managed policy of AWS that it stays inside
   * @param actionsGranted how many IAM actions {@code granted} stands for; absent where managed
   *     policies grant more
   * @param actionsAllowed how many of them a session that scans may use
   * @param trustPolicy with {@link #EXTERNAL_ID} for that of the connection
   * @param sessionPolicy passed with every AssumeRole of a scan
   * @param verifySessionPolicy passed where the account and the role are checked
   * @param operations every operation that is called
   * @param revokeCommands of the AWS CLI, for a role that was made without a stack
   */
  record TierFacts(
      String role,
      String stack,
      List<String> granted,
      List<String> managedPolicies,
      Optional<String> permissionsBoundary,
      Optional<Integer> actionsGranted,
      int actionsAllowed,
      Map<String, Object> trustPolicy,
      Map<String, Object> permissionPolicy,
      JsonNode sessionPolicy,
      Optional<JsonNode> verifySessionPolicy,
      List<Manifest.Permission> operations,
      List<String> revokeCommands) {

    private static TierFacts of(ReadOnlyRole role, TrustStatements.IamActions counted) {
      Tier tier = role.tier();
      Manifest.Granted granted = Manifest.granted(tier);
      List<Manifest.Permission> operations = Manifest.published(tier);
      return new TierFacts(
          role.name(),
          role.stackName(),
          granted.actions(),
          granted.managedPolicies(),
          granted.boundary(),
          granted.managedPolicies().isEmpty()
              ? Optional.of(granted.actions().stream().mapToInt(counted::of).sum())
              : Optional.empty(),
          (int)
              operations.stream()
                  .filter(operation -> operation.phase() == SessionPhase.SCAN)
                  .map(Manifest.Permission::iamAction)
                  .distinct()
                  .count(),
          role.trustPolicy(EXTERNAL_ID),
          role.permissionPolicy(),
          json(SessionPolicy.of(tier)),
          LedgerDocuments.verifyPolicy(tier),
          operations,
          role.revokeCommands());
    }

    /**
     * The calls that need one permission of the role: an action of its own policy, or one of AWS's
     * managed policies, which grants what no action of its own does.
     *
     * @throws IllegalArgumentException if the role has no such permission
     */
    List<Manifest.Permission> callsBy(String permission) {
      if (granted.contains(permission)) {
        return operations.stream()
            .filter(operation -> matches(permission, operation.iamAction()))
            .toList();
      }
      if (managedPolicies.contains(permission)) {
        return operations.stream()
            .filter(operation ->
                granted.stream().noneMatch(action -> matches(action, operation.iamAction())))
            .toList();
      }
      throw new IllegalArgumentException("the role is not granted " + permission);
    }

    /** What its role is granted: actions and managed policies. */
    @JsonIgnore
    List<String> permissions() {
      List<String> all = new ArrayList<>(granted);
      all.addAll(managedPolicies);
      return all;
    }

    private static boolean matches(String granted, String action) {
      return granted.endsWith("*")
          ? action.startsWith(granted.substring(0, granted.length() - 1))
          : action.equals(granted);
    }
  }

  /**
   * How much is kept, and how long.
   *
   * @param snapshots results of scans: so many, the newest
   * @param verifications ledgers of verifications: so many, the newest
   * @param pendingHours a connection whose role was never proven
   * @param suspendedDays the role reference of a connection that is revoked or quarantined
   * @param runHours the progress of a scan, from its start
   * @param receiptHours the text of a receipt
   * @param streamHours ids of changed items, in the stream of a table
   * @param deadLetterDays positions in that stream, of what could not be worked off
   * @param logDays lines of logs
   * @param logDeletionDays until AWS has deleted a line that has expired
   * @param traceDays traces of AWS X-Ray
   * @param metricDays metrics of CloudWatch
   * @param cloudTrailDays the event history of the broker's account
   */
  record Retention(
      int snapshots,
      int verifications,
      long pendingHours,
      long suspendedDays,
      long runHours,
      long receiptHours,
      long streamHours,
      long deadLetterDays,
      long logDays,
      long logDeletionDays,
      long traceDays,
      long metricDays,
      long cloudTrailDays) {

    private static Retention with(Duration logs) {
      return new Retention(
          Snapshot.KEPT,
          Ledger.KEPT,
          Connection.PENDING_FOR.toHours(),
          Connection.SUSPENDED_FOR.toDays(),
          Run.KEPT_FOR.toHours(),
          Deletion.KEPT_FOR.toHours(),
          ServiceRetention.STREAM.toHours(),
          ServiceRetention.DEAD_LETTERS.toDays(),
          logs.toDays(),
          ServiceRetention.LOGS_EXPIRED.toDays(),
          ServiceRetention.TRACES.toDays(),
          ServiceRetention.METRICS.toDays(),
          ServiceRetention.EVENT_HISTORY.toDays());
    }
  }

  /** Of the deployment that runs with these settings; texts of the statements are filled in. */
  static TrustFacts of(Settings settings, String version, TrustStatements statements) {
    Broker broker =
        new Broker(
            settings.brokerAccount(),
            settings.partition().id(),
            settings.region(),
            settings.brokerRolePattern());
    TrustFacts unfilled =
        new TrustFacts(
            version,
            broker,
            settings.securityContact().map(Contact::of),
            new Session(
                StsRoleSessions.SESSION_SECONDS,
                (int) Duration.ofSeconds(StsRoleSessions.SESSION_SECONDS).toMinutes()),
            new ProofRule(
                settings.proofPolicy() == ProofPolicy.REQUIRE,
                Proof.REPEATED_AFTER.toHours(),
                Proof.HOLDS_FOR.toHours()),
            tiers(broker, statements.iamActions()),
            Retention.with(settings.logRetention()),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            statements.iamActions());
    return unfilled.with(statements.filled(new Placeholders(unfilled)::fill));
  }

  private TrustFacts with(TrustStatements statements) {
    return new TrustFacts(
        version,
        broker,
        securityContact,
        session,
        proof,
        tiers,
        retention,
        statements.kept(),
        statements.stored(),
        statements.neverStored(),
        statements.services(),
        statements.subprocessors(),
        statements.certifications(),
        statements.iamActions());
  }

  private static SequencedMap<String, TierFacts> tiers(
      Broker broker, TrustStatements.IamActions counted) {
    SequencedMap<String, TierFacts> tiers = new LinkedHashMap<>();
    Arrays.stream(Tier.values())
        .map(tier ->
            new ReadOnlyRole(
                tier, new Partition(broker.partition()), broker.account(), broker.rolePattern()))
        .forEach(role -> tiers.put(Choice.word(role.tier()), TierFacts.of(role, counted)));
    return tiers;
  }

  private static JsonNode json(String policy) {
    try {
      return Json.STRICT.readTree(policy);
    } catch (JacksonException e) {
      throw new IllegalStateException("a session policy is JSON", e);
    }
  }
}
