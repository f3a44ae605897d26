package io.cloudoperator.connect;

import io.cloudoperator.call.Call;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.LedgerStore;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.session.AssumeRoleResult;
import io.cloudoperator.session.RoleSessions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Gives each verification a session name of its own, records what is called under it, and keeps
 * that as a ledger, whatever came of the verification.
 */
final class VerificationRecorder {
  private final RoleSessions roles;
  private final LedgerStore ledgers;
  private final InstantSource clock;
  private final Supplier<SecureRandom> random;

  VerificationRecorder(
      RoleSessions roles, LedgerStore ledgers, InstantSource clock, Supplier<SecureRandom> random) {
    this.roles = roles;
    this.ledgers = ledgers;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Verifies a connection.
   *
   * @param verification takes the name of its sessions, and what it is to assume roles with.
   *     Returns the connection as it is then
   */
  Connection verify(
      Connection connection, BiFunction<ScanId, RoleSessions, Connection> verification) {
    return record(connection, verification, after -> after);
  }

  /**
   * Asks something in a session: the connection stays as it is.
   *
   * @param question takes the name of its session, and what it is to assume the role with
   */
  <T> T ask(Connection connection, BiFunction<ScanId, RoleSessions, T> question) {
    return record(connection, question, _ -> connection);
  }

  private <T> T record(
      Connection connection,
      BiFunction<ScanId, RoleSessions, T> work,
      Function<T, Connection> becomes) {
    Instant begunAt = clock.instant();
    ScanId session = ScanId.at(begunAt, random.get());
    List<Supplier<List<Call>>> calls = new CopyOnWriteArrayList<>();
    RoleSessions recorded =
        roles.observed(result -> {
          calls.add(result::calls);
          if (result instanceof AssumeRoleResult.Granted granted) {
            calls.add(granted.session()::calls);
          }
        });
    Connection after = connection;
    try {
      T result = work.apply(session, recorded);
      after = becomes.apply(result);
      return result;
    } finally {
      ledgers.keep(after, new Ledger(session, Ledger.Kind.VERIFICATION, begunAt, inOrder(calls)));
    }
  }

  private static List<Call> inOrder(List<Supplier<List<Call>>> calls) {
    return calls.stream()
        .flatMap(some -> some.get().stream())
        .sorted(Comparator.comparing(Call::at))
        .toList();
  }
}
