package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.Deletion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TenantPurgeTest extends ConnectStage {
  @Test
  void purgesEveryConnectionOfATenantWhateverBecameOfIt() throws InterruptedException {
    create();
    time.sleep(Connection.PENDING_FOR);
    String disconnected = activate().at("/id");
    begin(disconnected);
    api.delete("/connections/" + disconnected);
    String active = activate().at("/id");
    begin(active);
    setSchedule(active, "daily");
    create();

    Answer purged = api.delete("/tenant");

    assertThat(purged.status()).as(purged.text()).isEqualTo(200);
    assertThat(purged.at("/receipt/kind")).isEqualTo("tenant_purge");
    assertThat(purged.has("/receipt/connection")).isFalse();
    assertThat(deleted(purged))
        .isEqualTo(
            Map.of(
                "role_references", 3,
                "schedules", 1,
                "account_claims", 1,
                "snapshots", 0,
                "runs", 2,
                "ledgers", 0,
                "inventories", 0,
                "catalogs", 0,
                "connections", 4));
    assertThat(tables.rawConnections(tenant)).isEmpty();
    assertThat(tables.rawScans(tenant, active)).isEmpty();
    assertThat(tables.rawScans(tenant, disconnected)).isEmpty();
  }

  @Test
  void purgesMoreConnectionsThanAPageHolds() {
    IntStream.range(0, 120).forEach(_ -> create());

    assertThat(deleted(api.delete("/tenant"))).containsEntry("connections", 120);
    assertThat(tables.rawConnections(tenant)).isEmpty();
  }

  @Test
  void freesAClaimThatOutlivedItsConnection() {
    tables.loseConnection(tenant, activate().at("/id"));
    assertThat(tables.rawConnections(tenant)).as("the claim alone").hasSize(1);

    assertThat(deleted(api.delete("/tenant"))).containsEntry("account_claims", 1);
    assertThat(tables.rawConnections(tenant)).isEmpty();
  }

  @Test
  void findsNothingWhereThereIsNothingAndSaysSo() {
    Answer purged = api.delete("/tenant");

    assertThat(purged.status()).isEqualTo(200);
    assertThat(deleted(purged)).hasSize(9);
    assertThat(deleted(purged).values()).containsOnly(0);
  }

  @Test
  void answersTheSameUntilThereIsSomethingToDeleteAgain() {
    activate();
    Answer first = api.delete("/tenant");
    time.sleep(Duration.ofHours(1));
    assertThat(api.delete("/tenant").text()).isEqualTo(first.text());

    create();
    Answer next = api.delete("/tenant");

    assertThat(next.at("/receipt/id")).isNotEqualTo(first.at("/receipt/id"));
    assertThat(deleted(next)).containsEntry("role_references", 1).containsEntry("connections", 1);
    time.sleep(Deletion.KEPT_FOR);
    assertThat(deleted(api.delete("/tenant")).values()).containsOnly(0);
  }

  @Test
  void givesOneReceiptToAllWhoAskAtOnce() throws Exception {
    for (int i = 0; i < 20; i++) {
      create();
    }
    activate();

    Set<String> answers;
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      answers =
          callers
              .invokeAll(
                  Collections.nCopies(4, (Callable<String>) () -> api.delete("/tenant").text()))
              .stream()
              .map(Future::resultNow)
              .collect(Collectors.toSet());
    }

    assertThat(answers).hasSize(1);
    assertThat(answers.iterator().next())
        .contains("{\"what\":\"role_references\",\"count\":21}")
        .contains("{\"what\":\"connections\",\"count\":21}");
  }

  /** Their receipts were asked for before; whoever missed one has it for a day. */
  @Test
  void leavesReceiptsOfConnectionsForAsLongAsItsOwn() {
    String id = activate().at("/id");
    Answer disconnected = api.delete("/connections/" + id);

    api.delete("/tenant");

    assertThat(api.delete("/connections/" + id).text()).isEqualTo(disconnected.text());
    assertThat(tables.rawDeletions(tenant)).allMatch(item -> item.containsKey("ttl"));
    time.sleep(Deletion.KEPT_FOR);
    assertProblem(api.delete("/connections/" + id), 404, "not_found");
  }

  @Test
  void deletesAllReferencesBeforeTheFirstResult() {
    String disconnected = activate().at("/id");
    begin(disconnected);
    api.delete("/connections/" + disconnected);
    create();
    List<String> left = new ArrayList<>();
    Api purging =
        new Api(
            handler(
                Map.of(),
                Interrupted.beforePurge(
                    retention, () -> left.add(tables.rawConnections(tenant).toString()))),
            tenant);

    purging.delete("/tenant");

    assertThat(left).isNotEmpty().noneMatch(connections -> connections.contains("sealed-"));
  }

  @Test
  void leavesOtherTenantsAlone() {
    Api other = api.as("tenant-" + UUID.randomUUID());
    String theirs = other.post("/connections", "{\"name\":\"theirs\"}").at("/id");
    activate();

    api.delete("/tenant");

    assertThat(other.delete("/connections/" + theirs).status()).isEqualTo(200);
  }

  @Test
  void purgesConnectionsThatAreMadeMeanwhile() {
    create();
    AtomicInteger more = new AtomicInteger(3);
    Api purging =
        new Api(
            handler(
                Map.of(),
                Interrupted.beforePurge(
                    retention,
                    () -> {
                      if (more.getAndDecrement() > 0) {
                        create();
                      }
                    })),
            tenant);

    assertThat(deleted(purging.delete("/tenant"))).containsEntry("connections", 4);
    assertThat(tables.rawConnections(tenant)).isEmpty();
  }

  @Test
  void saysWhatIsLeftWhenItsTimeRunsOutAndGoesOnWhenAskedAgain() {
    create();
    Api slow =
        new Api(
            handler(
                Map.of(),
                Interrupted.beforePurge(
                    retention,
                    () -> {
                      create();
                      time.sleep(PurgeTenant.PATIENCE);
                    })),
            tenant);

    Answer incomplete = slow.delete("/tenant");

    assertProblem(incomplete, 503, "purge_incomplete");
    assertThat(incomplete.body().at("/retryable").asBoolean()).isTrue();
    assertThat(incomplete.at("/connectionsLeft")).isEqualTo("1");
    assertThat(incomplete.body().get("deleted").toString())
        .contains("{\"what\":\"connections\",\"count\":1}");
    assertThat(incomplete.has("/signature")).isFalse();

    assertThat(deleted(api.delete("/tenant")))
        .as("one deletion, of two requests")
        .containsEntry("connections", 2);
  }

  @Test
  void purgesATenantEvenIfNothingCanBeSignedAndSignsWhenAskedAgain() {
    activate();
    notary.away(true);

    assertProblem(api.delete("/tenant"), 503, "receipt_not_signed");
    assertThat(tables.rawConnections(tenant)).isEmpty();

    notary.away(false);
    assertThat(api.delete("/tenant").at("/receipt/kind")).isEqualTo("tenant_purge");
  }
}
