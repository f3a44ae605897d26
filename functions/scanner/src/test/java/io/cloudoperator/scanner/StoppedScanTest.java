package io.cloudoperator.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.call.Call;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanKey;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Disconnecting, purging, or cancelling, while a scan runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StoppedScanTest {
  private static final String SLOW = "sa-east-1";

  private final Stage stage;
  private final CountDownLatch answers = new CountDownLatch(1);

  StoppedScanTest() throws IOException {
    stage = new Stage();
  }

  @AfterEach
  void answerAtOnce() {
    stage.latency = _ -> Duration.ZERO;
  }

  @AfterAll
  void close() {
    answers.countDown();
    stage.close();
  }

  enum End {
    DISCONNECT,
    PURGE,
    CANCEL
  }

  /**
   * The region answers never; nobody can end the execution; and no write is there to be refused,
   * for all others are written.
   */
  @ParameterizedTest
  @EnumSource
  void endsAShardThatWaitsForASlowRegion(End end) throws Exception {
    Connection connection = stage.connect();
    ScanKey key = stage.begin(connection);
    JsonNode shard =
        stage.plan(key).stream()
            .filter(each -> each.required("regions").toString().contains(SLOW))
            .findFirst()
            .orElseThrow();
    CountDownLatch isAsked = new CountDownLatch(1);
    stage.latency =
        region -> {
          if (region.equals(SLOW)) {
            isAsked.countDown();
            await(answers);
          }
          return Duration.ZERO;
        };
    CompletableFuture<JsonNode> scanning =
        CompletableFuture.supplyAsync(() -> stage.scan(key, shard));
    await(isAsked);
    while (written(key) < shard.required("regions").size() - 1) {
      Thread.onSpinWait();
    }

    switch (end) {
      case DISCONNECT -> stage.disconnect(connection);
      case PURGE -> stage.purge(connection);
      case CANCEL -> cancel(key);
    }
    List<String> left = stage.rows.stored(connection);
    stage.clock.pass(CancellationCheck.INTERVAL);

    assertThat(scanning)
        .succeedsWithin(Duration.ofSeconds(20))
        .satisfies(output -> assertThat(output.required("complete").asInt()).isZero());
    assertThat(stage.rows.stored(connection)).isEqualTo(left);
  }

  /** At the steps themselves: whichever comes after the disconnect, it writes and calls nothing. */
  @Test
  void writesNothingOnceDisconnectedBetweenAnyTwoSteps() {
    for (int stepsBefore = 0; ; stepsBefore++) {
      Connection connection = stage.connect();
      ScanKey key = stage.begin(connection);
      List<JsonNode> shards = new ArrayList<>();
      List<Runnable> steps = new ArrayList<>();
      steps.add(() -> shards.addAll(stage.plan(key)));
      steps.add(() -> shards.stream().limit(1).forEach(shard -> stage.scan(key, shard)));
      steps.add(() -> shards.stream().skip(1).forEach(shard -> stage.scan(key, shard)));
      steps.add(() -> stage.conclude(key));
      if (stepsBefore > steps.size()) {
        return;
      }
      stage.aws.requests().clear();
      steps.subList(0, stepsBefore).forEach(Runnable::run);
      long called = called();

      stage.disconnect(connection);
      List<String> left = stage.rows.stored(connection);
      steps.subList(stepsBefore, steps.size()).forEach(Runnable::run);
      shards.forEach(shard -> stage.scan(key, shard));
      stage.conclude(key);

      assertThat(stage.rows.stored(connection)).as("after step %d", stepsBefore).isEqualTo(left);
      assertThat(called()).isEqualTo(called);
      assertThat(stage.ledgers.ledger(key).map(Ledger::calls).orElse(List.of()))
          .hasSize((int) called);
      assertThat(stage.runs.run(key).orElseThrow().state())
          .isEqualTo(stepsBefore < steps.size() ? Run.State.FAILED : Run.State.CONCLUDED);
    }
  }

  @Test
  void keepsWhatAStoppedScanHasCalled() {
    Connection connection = stage.connect();
    ScanKey key = stage.begin(connection);
    stage.scan(key, stage.plan(key).getFirst());
    List<Call> soFar = stage.ledgers.ledger(key).orElseThrow().calls();

    stage.disconnect(connection);

    assertThat(stage.ledgers.ledger(key).orElseThrow().calls()).isEqualTo(soFar).isNotEmpty();
    assertThat(stage.runs.run(key).orElseThrow().failure())
        .contains(ScanFailure.NOT_ACTIVE.asFailure());
  }

  @Test
  void concludesNothingOfACancelledScanAndLeavesTheNextOneAlone() {
    Connection connection = stage.connect();
    ScanKey key = stage.begin(connection);
    stage.plan(key).forEach(shard -> stage.scan(key, shard));
    List<Call> soFar = stage.ledgers.ledger(key).orElseThrow().calls();
    cancel(key);
    ScanKey next = stage.begin(connection);
    List<String> left = stage.rows.stored(connection);

    JsonNode concluded = stage.conclude(key);

    assertThat(concluded.required("state").asText()).isEqualTo("cancelled");
    assertThat(stage.rows.stored(connection)).isEqualTo(left);
    assertThat(stage.ledgers.ledger(key).orElseThrow().calls()).isEqualTo(soFar).isNotEmpty();
    assertThat(stage.runs.run(next).orElseThrow().state()).isEqualTo(Run.State.RUNNING);
  }

  private void cancel(ScanKey key) {
    Run run = stage.runs.run(key).orElseThrow();
    assertThat(stage.runs.stop(run, Run.CANCELLED).done()).isTrue();
  }

  @Test
  void looksOnceAnIntervalAndByTurnsAtRunAndConnection() {
    Connection connection = stage.connect();
    ScanKey key = stage.begin(connection);
    List<String> looks = new ArrayList<>();
    CancellationCheck wanted =
        new CancellationCheck(
            watched(ConnectionStore.class, stage.connections, looks::add),
            watched(RunStore.class, stage.runs, looks::add),
            stage.clock,
            stage.runs.run(key).orElseThrow());

    for (int second = 0; second < 9; second++) {
      for (int time = 0; time < 10; time++) {
        assertThat(wanted.getAsBoolean()).isTrue();
      }
      stage.clock.pass(Duration.ofSeconds(1));
    }
    assertThat(looks).containsExactly("run", "find", "run", "find");

    stage.save(
        stage.current(connection), stage.current(connection).disconnected(stage.clock.instant()));
    stage.clock.pass(CancellationCheck.INTERVAL);
    assertThat(wanted.getAsBoolean()).isTrue();
    stage.clock.pass(CancellationCheck.INTERVAL);
    assertThat(wanted.getAsBoolean()).isFalse();
    assertThat(wanted.getAsBoolean()).isFalse();
    assertThat(looks).hasSize(6);
  }

  private int written(ScanKey key) {
    return stage.runs.progress(key).stream().mapToInt(shard -> shard.regions().size()).sum();
  }

  private long called() {
    return stage.aws.requests().matching(request -> !request.service().equals("kms")).size();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T> T watched(Class<T> port, T store, Consumer<String> look) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              look.accept(method.getName());
              return method.invoke(store, arguments);
            }));
  }
}
