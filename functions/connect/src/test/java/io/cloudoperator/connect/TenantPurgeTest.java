package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.Connection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
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
                "schedules", 3,
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
  void findsNothingTheSecondTimeAndSaysSo() {
    activate();
    api.delete("/tenant");

    Answer again = api.delete("/tenant");

    assertThat(again.status()).isEqualTo(200);
    assertThat(deleted(again).values()).containsOnly(0);
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

    assertThat(deleted(api.delete("/tenant"))).containsEntry("connections", 1);
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
