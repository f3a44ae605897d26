package io.cloudoperator.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.call.Call;
import io.cloudoperator.call.CallCount;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.sample.control.Fault;
import io.cloudoperator.sample.control.Faults;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Snapshot;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The ledger against the sample's own log: the same calls, one to one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LedgerOfAScanTest {
  private final Stage stage;

  LedgerOfAScanTest() throws IOException {
    stage = new Stage();
  }

  @AfterEach
  void repairTheSample() {
    stage.aws.faults().clear();
    stage.aws.denyRegionsBySCP(Set.of());
  }

  @AfterAll
  void close() {
    stage.close();
  }

  @Test
  void hasEveryCallOfAScanAndNoOther() {
    ScanKey key = begun(stage.connect());

    finish(key);

    assertThat(stage.snapshots.snapshot(key).orElseThrow().coverage().whole()).isTrue();
    assertThat(ledger(key)).containsExactlyInAnyOrderElementsOf(logged()).hasSizeGreaterThan(25);
  }

  @Test
  void hasEveryAttemptOfAScanThatWasThrottledBrokenOffAndDenied() {
    ScanKey key = begun(stage.connect());
    stage.aws.denyRegionsBySCP(Set.of("eu-west-3"));
    stage.aws.faults().next("ec2", "DescribeInstances", "us-east-1", Fault.throttle(2));
    stage.aws.faults().next("ec2", "DescribeInstances", "eu-west-1", Fault.throttle(9));
    stage.aws.faults().next("ec2", "DescribeInstances", "eu-west-2", Fault.truncated());
    stage.aws.faults().next("s3", "ListBuckets", Faults.ANY, Fault.internalError());

    finish(key);

    Snapshot snapshot = stage.snapshots.snapshot(key).orElseThrow();
    List<Call> calls = stage.ledgers.ledger(key).orElseThrow().calls();
    assertThat(snapshot.coverage().unread()).hasSize(2);
    assertThat(ledger(key)).containsExactlyInAnyOrderElementsOf(logged());
    assertThat(calls).filteredOn(Call::throttled).hasSize(6);
    assertThat(calls).filteredOn(Call::retry).hasSize(7);
    assertThat(snapshot.calls()).isEqualTo(CallCount.of(calls));
  }

  @Test
  void hasTheDeniedCallOfAScanWhoseRoleIsGone() {
    Connection connection = stage.connect();
    stage.deleteRole(connection);
    ScanKey key = begun(connection);

    finish(key);

    assertThat(ledger(key)).isEqualTo(logged()).hasSize(1);
  }

  @Test
  void hasTheProbesOfAScanThatProvesTheRoleAnew() {
    Connection connection = stage.connect();
    stage.clock.pass(Duration.ofHours(25));
    ScanKey key = begun(connection);

    finish(key);

    assertThat(ledger(key)).containsExactlyInAnyOrderElementsOf(logged());
    assertThat(stage.ledgers.ledger(key).orElseThrow().calls())
        .filteredOn(call -> call.errorCode().equals("AccessDenied"))
        .hasSize(2);
  }

  @Test
  void hasTheCallsOfAScanWhoseRegionsAreDenied() {
    ScanKey key = begun(stage.connect());
    stage.aws.faults().next("ec2", "DescribeRegions", Faults.ANY, Fault.unauthorized().always());

    finish(key);

    assertThat(ledger(key)).containsExactlyInAnyOrderElementsOf(logged()).hasSizeGreaterThan(2);
  }

  @Test
  void hasTheCallsOfAScanThatWasLedIntoAnotherAccount() {
    ExternalId externalId = ExternalId.random(new SecureRandom());
    ScanKey key =
        begun(
            stage.connect(
                new TenantId("led-astray"),
                ConnectionId.random(RandomGenerator.getDefault()),
                stage.reference(externalId, stage.launch(externalId)),
                new AccountId("999999999999")));

    finish(key);

    assertThat(ledger(key)).isEqualTo(logged()).hasSize(2);
  }

  @Test
  void hasTheCallsOfAScanThatCouldReadNothing() {
    Connection connection = stage.connect();
    ScanKey key = begun(connection);
    List<JsonNode> shards = stage.plan(key);
    stage.deleteRole(connection);

    shards.forEach(shard -> stage.scan(key, shard));
    stage.conclude(key);

    assertThat(stage.snapshots.snapshot(key)).isEmpty();
    assertThat(ledger(key)).containsExactlyInAnyOrderElementsOf(logged()).hasSizeGreaterThan(4);
  }

  /** Express delivers a step at least once: two may do the same, and both call. */
  @Test
  void hasTheCallsOfEveryDeliveryOfAStep() {
    ScanKey key = begun(stage.connect());
    List<JsonNode> shards = stage.plan(key);
    JsonNode shard = shards.getFirst();
    stage.latency =
        region -> {
          // The second delivery comes while the first one is reading.
          stage.latency = _ -> Duration.ZERO;
          stage.scan(key, shard);
          return Duration.ZERO;
        };

    stage.scan(key, shard);
    stage.conclude(key);

    assertThat(ledger(key)).containsExactlyInAnyOrderElementsOf(logged());
  }

  private ScanKey begun(Connection connection) {
    stage.aws.requests().clear();
    return stage.begin(connection);
  }

  private void finish(ScanKey key) {
    stage.plan(key).forEach(shard -> stage.scan(key, shard));
    stage.conclude(key);
  }

  private List<String> ledger(ScanKey key) {
    return stage.ledgers.ledger(key).map(Ledger::calls).orElse(List.of()).stream()
        .map(call ->
            String.join(
                " ",
                call.requestId(),
                call.region(),
                call.service(),
                call.operation(),
                String.valueOf(call.status()),
                call.errorCode()))
        .toList();
  }

  /** What AWS would have in its logs of the account: our own canary role is in another. */
  private List<String> logged() {
    return stage
        .aws
        .requests()
        .matching(request ->
            !request.service().equals("kms")
                && !request
                    .parameters()
                    .getOrDefault("RoleArn", "")
                    .contains(stage.aws.brokerAccountId()))
        .stream()
        .map(request ->
            String.join(
                " ",
                request.requestId(),
                request.region(),
                request.service(),
                request.operation(),
                String.valueOf(request.status()),
                request.errorCode()))
        .toList();
  }
}
