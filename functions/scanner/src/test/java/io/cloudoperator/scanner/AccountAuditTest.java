package io.cloudoperator.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.call.Call;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.inventory.GlobalApis;
import io.cloudoperator.inventory.SourceReadings;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.PermissionDrift;
import io.cloudoperator.scan.PermissionDrift.Deviation;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.scan.TrailStanding;
import io.cloudoperator.service.ApiDiscovery;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.service.iam.RequestedRole;
import io.cloudoperator.session.AssumeRoleResult;
import io.cloudoperator.session.RoleSession;
import io.cloudoperator.session.RoleSessions;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Checks of the account beside a scan of the audit tier. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccountAuditTest {
  private static final AccountChecks FOUND =
      new AccountChecks(
          new Reading.Complete<>(new TrailStanding(1, true, true)),
          new Reading.Complete<>(
              new PermissionDrift(
                  List.of(new Deviation(PermissionDrift.Kind.BOUNDARY_MISSING, 1)))));

  private final Stage stage;
  private final List<SessionPhase> assumed = new CopyOnWriteArrayList<>();
  private final List<RequestedRole> asked = new CopyOnWriteArrayList<>();

  AccountAuditTest() throws IOException {
    stage = new Stage();
  }

  @BeforeEach
  void forgetWhatWasAsked() {
    assumed.clear();
    asked.clear();
  }

  @AfterAll
  void close() {
    stage.close();
  }

  @Test
  void endsInTheSnapshotWithItsFlags() {
    Snapshot snapshot = scanned(stage.connectForAudit(), () -> granted(stage.customer()));

    assertThat(snapshot.accountChecks()).contains(FOUND);
    assertThat(snapshot.flags())
        .extracting(RiskFlag::kind)
        .contains(RiskFlag.Kind.PERMISSION_DRIFT)
        .doesNotContain(RiskFlag.Kind.NO_TRAIL_OF_ALL_REGIONS);
  }

  @Test
  void asksOfTheRoleWhatTheConnectionAskedOfIt() {
    Connection connection = stage.connectForAudit();

    scanned(connection, () -> granted(stage.customer()));

    assertThat(asked)
        .containsExactly(
            new RequestedRole(
                stage.roleOf(connection),
                stage.externalIdOf(connection),
                new AccountId(stage.aws.brokerAccountId()),
                stage.aws.brokerRoleArn()));
  }

  @Test
  void leavesEveryCallInTheLedger() {
    ScanKey key = stage.begin(stage.connectForAudit());

    scan(key, () -> granted(stage.customer()));

    assertThat(stage.ledgers.ledger(key).orElseThrow().calls())
        .extracting(Call::operation)
        .containsOnlyOnce("GetTrailStatus", "VerifyingAssumeRole");
  }

  @Test
  void isMadeByTheShardOfTheBucketsOnceHoweverOftenTheStepIsDelivered() {
    ScanKey key = stage.begin(stage.connectForAudit());
    RoleSessions account = account(() -> granted(stage.customer()));
    JsonNode shard = stage.plan(account, key).getFirst();
    stage.scan(account, key, shard);

    stage.scan(account, key, shard);

    assertThat(assumed).filteredOn(SessionPhase.VERIFY::equals).hasSize(1);
  }

  @Test
  void isNotMadeBelowTheAuditTier() {
    Snapshot snapshot =
        scanned(
            stage.connect(),
            () -> {
              throw new AssertionError("nobody checks the account below the audit tier");
            });

    assertThat(snapshot.accountChecks()).isEmpty();
    assertThat(assumed).containsOnly(SessionPhase.SCAN);
  }

  @Test
  void costsTheScanNothingWhereTheRoleIsDenied() {
    Snapshot snapshot =
        scanned(
            stage.connectForAudit(), () -> new AssumeRoleResult.Denied("AccessDenied", List.of()));

    assertThat(snapshot.coverage().whole()).isTrue();
    assertThat(snapshot.accountChecks())
        .contains(AccountChecks.unread(Reason.DENIED_BY_IAM, "AccessDenied"));
  }

  @Test
  void readsNothingOfAnotherAccount() {
    Snapshot snapshot =
        scanned(stage.connectForAudit(), () -> granted(new AccountId("999999999999")));

    assertThat(asked).isEmpty();
    assertThat(snapshot.accountChecks())
        .contains(AccountChecks.unread(Reason.FAILED, SessionOpener.ACCOUNT_MISMATCH));
  }

  @Test
  void costsTheScanNothingWhereItFailsOnOurSide() {
    Snapshot snapshot =
        scanned(
            stage.connectForAudit(),
            () -> {
              throw new IllegalStateException("the key cannot be reached");
            });

    assertThat(snapshot.coverage().whole()).isTrue();
    assertThat(snapshot.accountChecks())
        .contains(AccountChecks.unread(Reason.FAILED, AccountAudit.INTERNAL));
  }

  private Snapshot scanned(Connection connection, Supplier<AssumeRoleResult> verifying) {
    ScanKey key = stage.begin(connection);
    scan(key, verifying);
    return stage.snapshots.snapshot(key).orElseThrow();
  }

  private void scan(ScanKey key, Supplier<AssumeRoleResult> verifying) {
    RoleSessions account = account(verifying);
    for (JsonNode shard : stage.plan(account, key)) {
      stage.scan(account, key, shard);
    }
    stage.conclude(key);
  }

  private RoleSessions account(Supplier<AssumeRoleResult> verifying) {
    ScriptedAccess scanning = scripted(stage.customer());
    return (role, externalId, session, tier, phase) -> {
      assumed.add(phase);
      return switch (phase) {
        case SCAN -> scanning.assume(role, externalId, session, tier, phase);
        case VERIFY -> verifying.get();
      };
    };
  }

  private static ScriptedAccess scripted(AccountId account) {
    return new ScriptedAccess(
        account,
        ScriptedAccess::empty,
        region -> ApiDiscovery.unread(region, Reason.FAILED, "NotScripted", List.of()),
        () -> new GlobalApis(SourceReadings.NONE, List.of()));
  }

  private AssumeRoleResult granted(AccountId account) {
    ScriptedAccess scripted = scripted(account);
    RoleSession session =
        (RoleSession)
            Proxy.newProxyInstance(
                RoleSession.class.getClassLoader(),
                new Class<?>[] {RoleSession.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("checkAccount")) {
                    asked.add((RequestedRole) arguments[0]);
                    return new WithCalls<>(FOUND, List.of());
                  }
                  if (method.getName().equals("calls")) {
                    return List.of(call("cloudtrail", "GetTrailStatus"));
                  }
                  try {
                    return method.invoke(scripted, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new AssumeRoleResult.Granted(session, 0, List.of(call("sts", "VerifyingAssumeRole")));
  }

  private static Call call(String service, String operation) {
    return new Call(Instant.EPOCH, "us-east-1", service, operation, "", 200, "", false, false);
  }
}
