package io.cloudoperator.store;

import static io.cloudoperator.store.Sample.FRANKFURT;
import static io.cloudoperator.store.Sample.IRELAND;
import static io.cloudoperator.store.Sample.NOW;
import static io.cloudoperator.store.Sample.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.inventory.ApiStore;
import io.cloudoperator.inventory.ApiStore.Found;
import io.cloudoperator.inventory.ApiStore.Kept;
import io.cloudoperator.inventory.Catalog;
import io.cloudoperator.inventory.DocumentTooLargeException;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.ScanRetention.Trimmed;
import io.cloudoperator.scan.Written;
import io.cloudoperator.service.ApiDiscovery;
import io.cloudoperator.store.stored.StoredForm;
import io.cloudoperator.store.stored.UnreadableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(DeployedTables.Extension.class)
class DynamoApiStoreTest extends RunsOfAConnection {
  DynamoApiStoreTest(DeployedTables tables) {
    super(tables);
  }

  @Test
  void readsBackWhatRegionsSaid() {
    Run run = planned();
    RegionApis unread =
        ApiDiscovery.unread(VIRGINIA, Reading.Reason.DENIED_BY_SCP, "AccessDenied", List.of());

    assertThat(apis.keepFound(run, 1, unread)).isEqualTo(new Written.Done());
    assertThat(apis.keepFound(run, 0, ApiSample.global())).isEqualTo(new Written.Done());
    assertThat(apis.keepFound(run, 0, ApiSample.region(FRANKFURT))).isEqualTo(new Written.Done());

    assertThat(apis.found(run.key()))
        .isEqualTo(
            new Found(
                List.of(ApiSample.region(FRANKFURT), unread), Optional.of(ApiSample.global())));
    assertThat(apis.kept(run.key())).isEqualTo(new Kept(Set.of(FRANKFURT, VIRGINIA), true));
  }

  @Test
  void saysOfARunThatHasFoundNothingThatNothingIsKept() {
    Run run = planned();

    assertThat(apis.kept(run.key())).isEqualTo(new Kept(Set.of(), false));
    assertThat(apis.found(run.key())).isEqualTo(new Found(List.of(), Optional.empty()));
  }

  @Test
  void letsTheFirstAnswerOfARegionStand() {
    Run run = planned();
    RegionApis later =
        ApiDiscovery.unread(FRANKFURT, Reading.Reason.FAILED, "OutOfTime", List.of());
    apis.keepFound(run, 0, ApiSample.region(FRANKFURT));

    assertThat(apis.keepFound(run, 0, later)).isEqualTo(new Written.Done());

    assertThat(apis.found(run.key()).regions()).containsExactly(ApiSample.region(FRANKFURT));
  }

  @Test
  void gathersWhatIsSmallInOneItemOfTheShardAndKeepsWhatIsNotAlone() {
    Run run = planned();
    RegionApis large = ApiSample.region(IRELAND, 500, 50);
    Found first =
        new Found(List.of(ApiSample.region(FRANKFURT), large), Optional.of(ApiSample.global()));
    RegionApis second =
        ApiDiscovery.unread(VIRGINIA, Reading.Reason.FAILED, "OutOfTime", List.of());

    assertThat(apis.keepFound(run, 0, first)).isEqualTo(new Written.Done());
    assertThat(apis.keepFound(run, 0, second)).isEqualTo(new Written.Done());

    assertThat(apis.found(run.key()))
        .isEqualTo(new Found(List.of(ApiSample.region(FRANKFURT), large, second), first.global()));
    assertThat(apis.kept(run.key()))
        .isEqualTo(new Kept(Set.of(FRANKFURT, IRELAND, VIRGINIA), true));
    assertThat(items("found#"))
        .extracting(item -> ScanKeys.foundPlace(Stored.text(item, Stored.SK)))
        .containsExactlyInAnyOrder("of-shard-00", "of-shard-01", "eu-west-1", "eu-west-1");
  }

  /** As long as both are deployed, and where a connection was given the other tier meanwhile. */
  @Test
  void keepsEachAnswerAloneWhereTheReleaseBeforeHasPlannedNoItemForThem() {
    Run run = begun(NOW);
    runs.keepPlan(run, Sample.plan());
    Found found = new Found(List.of(ApiSample.region(FRANKFURT)), Optional.of(ApiSample.global()));

    assertThat(apis.keepFound(run, 0, found)).isEqualTo(new Written.Done());

    assertThat(apis.found(run.key())).isEqualTo(found);
    assertThat(apis.kept(run.key())).isEqualTo(new Kept(Set.of(FRANKFURT), true));
    runs.stop(run, FAILURE);
    assertThat(apis.keepFound(run, 0, ApiSample.region(IRELAND)))
        .isInstanceOf(Written.Refused.class);
  }

  @Test
  void takesNothingMoreOnceTheRunWasStopped() {
    Run run = planned();
    runs.stop(run, FAILURE);

    assertThat(apis.keepFound(run, 0, ApiSample.region(FRANKFURT)))
        .isInstanceOf(Written.Refused.class);
    assertThat(apis.keepFound(run, 0, ApiSample.region(IRELAND, 500, 50)))
        .isInstanceOf(Written.Refused.class);
    assertThat(items("found#")).isEmpty();
  }

  @Test
  void leavesOutABatchThatCannotBeReadAndNoOther() {
    Run run = planned();
    apis.keepFound(run, 0, ApiSample.region(FRANKFURT));
    tables
        .client()
        .updateItem(update ->
            update
                .tableName(tables.scans())
                .key(ScanTables.key(run.key(), ScanKeys.gathered(run.key().scan(), 0)))
                .updateExpression("SET #batch = :batch")
                .expressionAttributeNames(Map.of("#batch", "batch-0000000000000-damaged"))
                .expressionAttributeValues(
                    Map.of(":batch", AttributeValue.fromB(SdkBytes.fromUtf8String("damaged")))));

    assertThat(apis.found(run.key()).regions()).containsExactly(ApiSample.region(FRANKFURT));
  }

  @Test
  void takesNothingOfAShardThatIsNotPlanned() {
    Run run = begun(NOW);

    assertThat(apis.keepFound(run, 0, ApiSample.region(FRANKFURT)))
        .isInstanceOf(Written.Refused.class);
    assertThat(apis.found(run.key()).regions()).isEmpty();
  }

  @Test
  void forgetsWhatWasFoundADayAfterTheRunBegan() {
    Run run = planned();
    apis.keepFound(run, 0, ApiSample.region(FRANKFURT));

    clock = run.startedAt().plus(Duration.ofHours(24));

    assertThat(apis.found(run.key()).regions()).isEmpty();
    assertThat(items("found#"))
        .isNotEmpty()
        .allSatisfy(item -> assertThat(item).containsKey(Stored.TTL));
  }

  @Test
  void showsAnInventoryOnceItsSnapshotIsThere() {
    Run run = planned();

    assertThat(apis.keep(run, ApiSample.inventory())).contains(ApiSample.inventory());
    assertThat(apis.inventory(run.key())).isEmpty();

    conclude(run);
    assertThat(apis.inventory(run.key())).contains(ApiSample.inventory());
    assertThat(items("apis#"))
        .isNotEmpty()
        .allSatisfy(item -> assertThat(item).doesNotContainKey(Stored.TTL));
  }

  @Test
  void letsTheFirstInventoryOfARunStand() {
    Run run = planned();
    Inventory large = ApiSample.incompressible(900_000);
    apis.keep(run, ApiSample.inventory());

    assertThat(apis.keep(run, large)).contains(ApiSample.inventory());

    conclude(run);
    assertThat(apis.inventory(run.key())).contains(ApiSample.inventory());
  }

  @Test
  void keepsOneOfTheInventoriesThatTwoConclusionsBringAtOnce() throws Exception {
    for (int round = 0; round < 5; round++) {
      Run run = begun(NOW.plusSeconds(round));
      List<Optional<Inventory>> kept =
          AtOnce.run(4, who -> apis.keep(run, ApiSample.incompressible(100_000 + 400_000 * who)));

      assertThat(kept).doesNotContain(Optional.empty());
      assertThat(Set.copyOf(kept)).hasSize(1);
      conclude(run);
      assertThat(apis.inventory(run.key())).isEqualTo(kept.getFirst());
    }
  }

  @Test
  void takesNoInventoryOfARunThatHasEnded() {
    Run failed = planned();
    runs.fail(failed, FAILURE);
    Run concluded = concluded(1).getFirst();

    assertThat(apis.keep(failed, ApiSample.inventory())).isEmpty();
    assertThat(apis.keep(concluded, ApiSample.inventory())).isEmpty();

    assertThat(items("apis#")).isEmpty();
  }

  @Test
  void showsInventoriesOfTheFiveNewestSnapshotsAlone() {
    List<Run> runs = concludedWithInventories(6);

    assertThat(apis.inventory(runs.getFirst().key())).isEmpty();
    assertThat(apis.inventory(runs.get(1).key())).isPresent();
    assertThat(apis.inventory(runs.getLast().key())).isPresent();
  }

  @Test
  void trimsInventoriesWithTheirSnapshotsAndWhatEndedRunsHaveFound() {
    List<Run> runs = concludedWithInventories(7);

    assertThat(retention.trim(tenant, connection.id(), Ledger.Kind.SCAN))
        .isEqualTo(new Trimmed(2, 2));

    assertThat(scans("apis#")).containsExactlyElementsOf(scansOf(runs.subList(2, 7)));
    assertThat(items("found#")).isEmpty();
    assertThat(apis.inventory(runs.getLast().key())).contains(ApiSample.inventory());
    retention.trim(tenant, connection.id(), Ledger.Kind.SCAN);
    assertThat(scans("apis#")).hasSize(5);
  }

  @Test
  void trimsNothingOfTheRunThatIsUnderWay() {
    Run run = planned();
    apis.keepFound(run, 0, ApiSample.region(FRANKFURT));
    apis.keep(run, ApiSample.inventory());

    retention.trim(tenant, connection.id(), Ledger.Kind.SCAN);

    assertThat(apis.found(run.key()).regions()).isNotEmpty();
    conclude(run);
    assertThat(apis.inventory(run.key())).contains(ApiSample.inventory());
  }

  @Test
  void trimsTheInventoryOfARunThatEndedBeforeItsSnapshot() {
    Run stopped = planned();
    apis.keepFound(stopped, 0, ApiSample.region(FRANKFURT));
    apis.keep(stopped, ApiSample.inventory());
    runs.stop(stopped, FAILURE);
    Run cutOff = planned();
    apis.keep(cutOff, ApiSample.inventory());
    begun(cutOff.deadline().plusNanos(1));

    retention.trim(tenant, connection.id(), Ledger.Kind.SCAN);

    assertThat(items("found#")).isEmpty();
    assertThat(items("apis#")).isEmpty();
  }

  @Test
  void losesNoInventoryThatIsConcludedWhileItIsTrimmed() throws Exception {
    for (int round = 0; round < 10; round++) {
      Run run = begun(NOW.plusSeconds(round));
      runs.keepPlan(run, Sample.plan());
      AtOnce.run(
          2,
          who -> {
            if (who == 0) {
              apis.keepFound(run, 0, ApiSample.region(FRANKFURT));
              apis.keep(run, ApiSample.inventory());
              conclude(run);
            } else {
              retention.trim(tenant, connection.id(), Ledger.Kind.SCAN);
            }
            return who;
          });

      assertThat(apis.inventory(run.key())).contains(ApiSample.inventory());
    }
  }

  @Test
  void showsNothingOfAnInventoryOfWhichAPartIsMissing() {
    for (int missing = 0; missing < 3; missing++) {
      Run run = begun(NOW.plusSeconds(missing));
      apis.keep(run, ApiSample.incompressible(1_000_000));
      conclude(run);
      assertThat(apis.inventory(run.key())).isPresent();
      List<Map<String, AttributeValue>> parts = items("apis#" + run.key().scan().value());
      assertThat(parts).hasSize(3);

      Map<String, AttributeValue> part = parts.get(missing);
      tables
          .client()
          .deleteItem(request ->
              request
                  .tableName(tables.scans())
                  .key(Map.of(Stored.PK, part.get(Stored.PK), Stored.SK, part.get(Stored.SK))));

      assertThat(apis.inventory(run.key())).as("without part %d", missing).isEmpty();
    }
  }

  @Test
  void leavesOutAnInventoryThatIsDamagedAndTellsOfIt() {
    Run run = planned();
    apis.keep(run, ApiSample.inventory());
    conclude(run);
    Map<String, AttributeValue> part = new HashMap<>(items("apis#").getFirst());
    byte[] body = body(part);
    body[body.length / 2] ^= 1;
    part.put("body", AttributeValue.fromB(SdkBytes.fromByteArray(body)));
    tables.client().putItem(request -> request.tableName(tables.scans()).item(part));

    List<StoredForm> told = new ArrayList<>();
    ApiStore telling =
        new DynamoApiStore(tables.scanTables(() -> clock, (form, _, _) -> told.add(form)));

    assertThatThrownBy(() -> telling.inventory(run.key())).isInstanceOf(UnreadableException.class);
    assertThat(told).containsExactly(StoredForm.INVENTORY);
  }

  /** What docs/decisions/016 says of sizes is measured here. */
  @Test
  void keepsFiveHundredApisOfFiftyRoutesInTwoItems() {
    Run run = planned();
    RegionApis facts = ApiSample.region(FRANKFURT, 500, 50);
    Inventory inventory = ApiSample.inventory(500, 50);

    assertThat(apis.keepFound(run, 0, facts)).isEqualTo(new Written.Done());
    assertThat(apis.keep(run, inventory)).contains(inventory);
    conclude(run);

    assertThat(apis.found(run.key()).regions()).containsExactly(facts);
    assertThat(apis.inventory(run.key())).contains(inventory);
    String alone = "found#" + run.key().scan().value() + "#" + FRANKFURT.value();
    assertThat(items(alone)).hasSize(2);
    assertThat(bytes(alone)).isBetween(400_000L, 500_000L);
    assertThat(items("apis#")).hasSize(2);
    assertThat(bytes("apis#")).isBetween(400_000L, 500_000L);
  }

  @Test
  void keepsAsManyPartsAsATransactionTakesAndAsManyBeforeAndSaysWhatIsTooLarge() {
    Run run = planned();
    Inventory largest = ApiSample.incompressible(4_700_000);
    assertThat(apis.keep(run, largest)).contains(largest);
    assertThat(items("apis#")).hasSize(Parts.MOST);
    Run second = begun(run.deadline().plusNanos(1));
    Inventory larger = ApiSample.incompressible(9_300_000);
    assertThat(apis.keep(second, larger)).contains(larger);
    assertThat(items("apis#" + second.key().scan().value()))
        .hasSizeBetween(Parts.MOST + 8, Parts.MOST_OF_A_VALUE);
    Run next = begun(second.deadline().plusNanos(1));

    assertThatThrownBy(() -> apis.keep(next, ApiSample.incompressible(10_400_000)))
        .isInstanceOf(DocumentTooLargeException.class)
        .hasMessageContaining("is larger than 7,168,000, the most that is stored");
    assertThat(items("apis#" + next.key().scan().value())).isEmpty();
  }

  @Test
  void readsTheLargeInventoryThatWasWrittenFirstPastWhatAnotherLeft() {
    Run run = planned();
    Inventory first = ApiSample.incompressible(5_600_000);
    Inventory other = ApiSample.incompressible(5_700_000);
    assertThat(apis.keep(run, first)).contains(first);

    // As a step that was delivered twice: it leaves parts that are nobody's.
    assertThat(apis.keep(run, other)).contains(first);
    assertThat(items("apis#").size()).isGreaterThan(Parts.MOST + 2);
    conclude(run);

    assertThat(apis.inventory(run.key())).contains(first);
    purge();
    assertThat(items("apis#")).isEmpty();
  }

  @Test
  void keepsNothingOfALargeInventoryOfARunThatHasEnded() {
    Run run = planned();
    runs.stop(run, FAILURE);

    assertThat(apis.keep(run, ApiSample.incompressible(5_600_000))).isEmpty();
    assertThat(items("apis#")).isEmpty();
  }

  @Test
  void keepsTheCatalogThatWasDeclaredLast() {
    assertThat(apis.catalog(tenant, connection.id())).isEmpty();

    assertThat(apis.declare(connection, ApiSample.catalog("one.example.com")))
        .isEqualTo(new Written.Done());
    assertThat(apis.declare(connection, ApiSample.catalog("two.example.com")))
        .isEqualTo(new Written.Done());

    assertThat(apis.catalog(tenant, connection.id()))
        .contains(ApiSample.catalog("two.example.com"));
    retention.trim(tenant, connection.id(), Ledger.Kind.SCAN);
    assertThat(apis.catalog(tenant, connection.id())).isPresent();
  }

  @Test
  void refusesACatalogThatIsLargerThanAnItem() {
    String host = ApiSample.incompressible(600_000).unread().getFirst().code();
    Catalog catalog = ApiSample.catalog(host);

    assertThatThrownBy(() -> apis.declare(connection, catalog))
        .isInstanceOf(DocumentTooLargeException.class);
    assertThat(apis.catalog(tenant, connection.id())).isEmpty();
  }

  @Test
  void bringsBackNoCatalogThatWasPurged() {
    Connection before = connection;
    apis.declare(before, ApiSample.catalog("one.example.com"));

    change(Connection::nextGeneration);
    purge();

    assertThat(apis.catalog(tenant, connection.id())).isEmpty();
    assertThat(apis.declare(before, ApiSample.catalog("one.example.com")))
        .isInstanceOf(Written.Refused.class);
    assertThat(partition()).isEmpty();
    assertThat(apis.declare(connection, ApiSample.catalog("one.example.com")))
        .isEqualTo(new Written.Done());
  }

  @Test
  void showsNothingToAnotherTenantOrConnection() {
    Run run = concludedWithInventories(1).getFirst();
    apis.declare(connection, ApiSample.catalog("one.example.com"));
    var other = Sample.pending(tenant).id();

    assertThat(apis.inventory(new ScanKey(tenant, other, run.key().scan()))).isEmpty();
    assertThat(apis.catalog(tenant, other)).isEmpty();
    assertThat(apis.catalog(Sample.tenant(), connection.id())).isEmpty();
  }

  private List<Run> concludedWithInventories(int times) {
    List<Run> concluded = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      Run run = begun(NOW.plusSeconds(i));
      runs.keepPlan(run, Sample.plan());
      apis.keepFound(run, 0, ApiSample.region(IRELAND));
      apis.keep(run, ApiSample.inventory());
      conclude(run);
      concluded.add(run);
    }
    return concluded;
  }

  private void conclude(Run run) {
    assertThat(snapshots.conclude(run, Sample.snapshot(run), Sample.ledger(run)))
        .isEqualTo(new Written.Done());
  }

  private List<Map<String, AttributeValue>> items(String prefix) {
    return partition().stream()
        .filter(item -> Stored.text(item, Stored.SK).startsWith(prefix))
        .toList();
  }

  private List<String> scans(String prefix) {
    return items(prefix).stream()
        .map(item -> Stored.text(item, Stored.SK).split("#", -1)[1])
        .distinct()
        .toList();
  }

  private static List<String> scansOf(List<Run> runs) {
    return runs.stream().map(run -> run.key().scan().value()).toList();
  }

  private long bytes(String prefix) {
    return items(prefix).stream().mapToLong(item -> body(item).length).sum();
  }

  private static byte[] body(Map<String, AttributeValue> item) {
    return Objects.requireNonNull(item.get("body")).b().asByteArray();
  }
}
