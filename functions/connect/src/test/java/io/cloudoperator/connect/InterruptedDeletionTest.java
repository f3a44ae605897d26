package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.call.Call;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.Schedule;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.Written;
import io.cloudoperator.store.DynamoLedgerStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A deletion that is broken off between any two of its writes, or after one whose answer is lost,
 * has the receipt that it would have had, and one only.
 */
class InterruptedDeletionTest extends ConnectStage {
  /** Runs and their ledgers are deleted ten at a time. */
  private static final int BATCHES = 6;

  /** What is asked for, and of whom. */
  @SuppressWarnings("ImmutableEnumChecker")
  enum Asked {
    DISCONNECT(
        stage -> {
          String id = scanned(stage, 1);
          stage.begin(id);
          return "/connections/" + id;
        },
        Map.of("role_references", 1, "schedules", 1, "account_claims", 1)),
    DISCONNECT_PENDING(
        stage -> {
          String id = stage.create().at("/id");
          verified(stage, id);
          return "/connections/" + id;
        },
        Map.of(
            "role_references", 1,
            "schedules", 0,
            "account_claims", 0,
            "ledgers", 1,
            "connections", 1)),
    DISCONNECT_UNREADABLE(
        stage -> {
          String id = scanned(stage, BATCHES);
          stage.begin(id);
          tables.damageConnection(stage.tenant, id);
          return "/connections/" + id;
        },
        Map.of(
            "role_references", 1,
            "schedules", 1,
            "account_claims", 1,
            "runs", BATCHES + 1,
            "ledgers", BATCHES,
            "connections", 1)),
    PURGE(
        stage -> {
          String id = scanned(stage, BATCHES);
          stage.begin(id);
          return "/connections/" + id + "/data";
        },
        Map.of(
            "snapshots",
            0,
            "runs",
            BATCHES + 1,
            "ledgers",
            BATCHES,
            "inventories",
            0,
            "catalogs",
            0)),
    PURGE_PENDING(
        stage -> {
          String id = stage.create().at("/id");
          verified(stage, id);
          return "/connections/" + id + "/data";
        },
        Map.of("snapshots", 0, "runs", 0, "ledgers", 1, "inventories", 0, "catalogs", 0)),
    PURGE_DISCONNECTED(
        stage -> {
          String id = scanned(stage, BATCHES);
          stage.api.delete("/connections/" + id);
          return "/connections/" + id + "/data";
        },
        Map.of(
            "snapshots", 0,
            "runs", BATCHES,
            "ledgers", BATCHES,
            "inventories", 0,
            "catalogs", 0,
            "connections", 1)),
    PURGE_TENANT(
        stage -> {
          stage.create();
          stage.api.delete("/connections/" + scanned(stage, 1));
          String damaged = scanned(stage, 1);
          stage.begin(damaged);
          stage.create();
          tables.damageConnection(stage.tenant, damaged);
          return "/tenant";
        },
        Map.of(
            "role_references", 3,
            "schedules", 1,
            "account_claims", 1,
            "snapshots", 0,
            "runs", 3,
            "ledgers", 2,
            "inventories", 0,
            "catalogs", 0,
            "connections", 4));

    private interface Preparation {
      /** The path of what is to be deleted. */
      String of(Stage stage);
    }

    private final Preparation preparation;
    private final Map<String, Integer> deleted;

    Asked(Preparation preparation, Map<String, Integer> deleted) {
      this.preparation = preparation;
      this.deleted = deleted;
    }
  }

  /** A tenant of its own for each interruption. */
  private static final class Stage extends ConnectStage {}

  @ParameterizedTest
  @EnumSource
  void hasOneReceiptWhereverItIsBrokenOff(Asked asked) {
    assertThat(brokenOff(asked, 1, false)).isTrue();
    // After one write the tables are as they are before the next.
    int writes = 0;
    while (brokenOff(asked, writes + 1, true)) {
      writes++;
    }
    assertThat(writes).as("it was broken off after each of its writes").isGreaterThan(2);
  }

  /** Whether the deletion has as many writes as to be broken off at that one. */
  private static boolean brokenOff(Asked asked, int write, boolean written) {
    String where = asked + (written ? " after " : " before ") + write;
    Stage stage = new Stage();
    String path = asked.preparation.of(stage);
    Set<String> earlier = stage.notary.signed();
    Outage outage = new Outage(tables.client(), write, written);

    Answer first = new Api(stage.handler(outage.client()), stage.tenant).delete(path);
    if (!outage.happened()) {
      assertThat(first.status()).as(first.text()).isEqualTo(200);
      return false;
    }
    assertThat(first.status()).as(where).isEqualTo(500);
    stage.time.sleep(Duration.ofHours(1));
    Answer second = stage.api.delete(path);

    assertThat(second.status()).as(where + ": " + second.text()).isEqualTo(200);
    assertThat(deleted(second)).as(where).isEqualTo(asked.deleted);
    assertOnlyReceipt(stage, path, second, earlier);
    return true;
  }

  /** Each request goes on where the one before was lost, with two writes more. */
  @ParameterizedTest
  @EnumSource
  void hasOneReceiptHoweverOftenItIsBrokenOff(Asked asked) {
    Stage stage = new Stage();
    String path = asked.preparation.of(stage);
    Set<String> earlier = stage.notary.signed();
    Answer answer;
    int requests = 0;
    do {
      Outage outage = new Outage(tables.client(), 2, true);
      answer = new Api(stage.handler(outage.client()), stage.tenant).delete(path);
      stage.time.sleep(Duration.ofMinutes(10));
    } while (answer.status() == 500 && ++requests < 40);

    assertThat(requests).isGreaterThan(0);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(deleted(answer)).isEqualTo(asked.deleted);
    assertOnlyReceipt(stage, path, answer, earlier);
  }

  @ParameterizedTest
  @EnumSource
  void hasTheReceiptThatCouldNotBeSignedAtFirst(Asked asked) {
    Stage stage = new Stage();
    String path = asked.preparation.of(stage);
    Set<String> earlier = stage.notary.signed();
    stage.notary.away(true);

    Answer unsigned = stage.api.delete(path);

    assertProblem(unsigned, 503, "receipt_not_signed");
    assertThat(unsigned.body().at("/retryable").asBoolean()).isTrue();
    stage.notary.away(false);
    stage.time.sleep(Duration.ofHours(1));
    Answer signed = stage.api.delete(path);
    assertThat(deleted(signed)).isEqualTo(asked.deleted);
    assertThat(unsigned.body().get("deleted")).isEqualTo(signed.body().at("/receipt/deleted"));
    assertOnlyReceipt(stage, path, signed, earlier);
  }

  /** Another release may say other things of what remains; a receipt is as it was given. */
  @Test
  void hasTheSameReceiptAfterAnUpdate() {
    String id = activate().at("/id");
    Answer before = api.delete("/connections/" + id);

    Api after = new Api(handler(Map.of("LOG_RETENTION_DAYS", "365")), tenant);

    assertThat(after.delete("/connections/" + id).text()).isEqualTo(before.text());
  }

  private static void assertOnlyReceipt(
      Stage stage, String path, Answer answer, Set<String> earlier) {
    stage.time.sleep(Duration.ofHours(1));
    assertThat(stage.api.delete(path).text()).isEqualTo(answer.text());
    Set<String> signed = stage.notary.signed();
    signed.removeAll(earlier);
    assertThat(signed).as("one deletion, one receipt").hasSize(1);
    assertThat(tables.rawConnections(stage.tenant).toString())
        .satisfies(left -> {
          if (!path.endsWith("/data")) {
            assertThat(left).doesNotContain("sealed-", "account#");
          }
        });
    assertThat(tables.rawDeletions(stage.tenant).toString()).doesNotContain("sealed-");
  }

  /** An active connection with a schedule, and runs with their ledgers. */
  private static String scanned(Stage stage, int times) {
    String id = stage.activate().at("/id");
    stage.setSchedule(id, "daily");
    assertThat(stage.stored(id).schedule()).isEqualTo(Schedule.DAILY);
    for (int i = 0; i < times; i++) {
      Run run = stage.begin(id);
      Ledger ledger = Ledger.of(run, calls(stage));
      assertThat(stage.runs.fail(run, new Run.Failure("internal", "It failed."), ledger))
          .isEqualTo(new Written.Done());
      stage.time.sleep(Duration.ofSeconds(1));
    }
    return id;
  }

  private static void verified(Stage stage, String id) {
    Connection connection = stage.stored(id);
    Ledger ledger =
        new Ledger(
            ScanId.at(stage.time.instant(), new Random()),
            Ledger.Kind.VERIFICATION,
            stage.time.instant(),
            calls(stage));
    assertThat(new DynamoLedgerStore(tables.scanTables(stage.time)).keep(connection, ledger))
        .isEqualTo(new Written.Done());
  }

  private static List<Call> calls(Stage stage) {
    return List.of(
        new Call(
            stage.time.instant(), "us-east-1", "sts", "AssumeRole", "id", 403, "", false, false));
  }
}
