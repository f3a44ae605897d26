package io.cloudoperator.connect;

import io.cloudoperator.call.Call;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.LedgerStore;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.session.AssumeRoleResult;
import io.cloudoperator.session.RoleSessions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Gives each verification a session name of its own, writes down what is called under it, and keeps
 * that whatever came of the verification.
 */
final class Verifications implements RoleSessions {
  private final RoleSessions access;
  private final LedgerStore ledgers;
  private final InstantSource clock;
  private final Supplier<? extends RandomGenerator> random;
  private final Map<ScanId, List<Supplier<List<Call>>>> underWay = new ConcurrentHashMap<>();

  Verifications(
      RoleSessions access,
      LedgerStore ledgers,
      InstantSource clock,
      Supplier<? extends RandomGenerator> random) {
    this.access = access;
    this.ledgers = ledgers;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Verifies a connection, and keeps the ledger of it.
   *
   * @param verification takes the name of its sessions; what it assumes through this, is written
   *     down. Returns the connection as it is then
   */
  Connection kept(Connection connection, Function<String, Connection> verification) {
    return kept(connection, session -> verification.apply(session.value()), after -> after);
  }

  /**
   * Asks something in a session, and keeps the ledger of it: the connection stays as it is.
   *
   * @param question takes the name of its session; what it assumes through this, is written down
   */
  <T> T keptBeside(Connection connection, Function<ScanId, T> question) {
    return kept(connection, question, _ -> connection);
  }

  private <T> T kept(
      Connection connection, Function<ScanId, T> work, Function<T, Connection> becomes) {
    Instant begunAt = clock.instant();
    ScanId session = ScanId.at(begunAt, random.get());
    List<Supplier<List<Call>>> calls = new ArrayList<>();
    underWay.put(session, calls);
    Connection after = connection;
    try {
      T result = work.apply(session);
      after = becomes.apply(result);
      return result;
    } finally {
      underWay.remove(session);
      // Refused if the connection is gone: its ledger goes with it.
      ledgers.keep(after, new Ledger(session, Ledger.Kind.VERIFICATION, begunAt, inOrder(calls)));
    }
  }

  private static List<Call> inOrder(List<Supplier<List<Call>>> calls) {
    return calls.stream()
        .flatMap(some -> some.get().stream())
        .sorted(Comparator.comparing(Call::at))
        .toList();
  }

  @Override
  public AssumeRoleResult assume(
      RoleArn role,
      Optional<ExternalId> externalId,
      String sessionName,
      Tier tier,
      SessionPhase phase) {
    AssumeRoleResult assumption = access.assume(role, externalId, sessionName, tier, phase);
    List<Supplier<List<Call>>> calls = underWay.get(new ScanId(sessionName));
    if (calls == null) {
      throw new IllegalStateException("nothing is called but for a verification under way");
    }
    calls.add(assumption::calls);
    if (assumption instanceof AssumeRoleResult.Granted granted) {
      calls.add(granted.session()::calls);
    }
    return assumption;
  }
}
