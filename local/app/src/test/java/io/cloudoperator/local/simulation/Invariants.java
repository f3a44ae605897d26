package io.cloudoperator.local.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.call.Call;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.local.backend.Secret;
import io.cloudoperator.local.backend.SecretIndex;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.sample.data.SampleAccount;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What must be so after each run, whatever failed in it. */
final class Invariants {
  private final World world;
  private final List<People> people;

  Invariants(World world, List<People> people) {
    this.world = world;
    this.people = people;
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new Violation(otherwise);
    }
  }

  /** At most five snapshots are readable, and one of each scan. */
  static void checkHistory(JsonNode history) {
    List<String> scans = new ArrayList<>();
    history.path("snapshots").forEach(snapshot -> scans.add(snapshot.path("scanId").asText()));
    check(scans.size() <= Snapshot.KEPT, scans.size() + " snapshots are readable");
    check(new HashSet<>(scans).size() == scans.size(), "a scan has more than one snapshot");
  }

  /** Checks all of them, on a world in which nothing happens any more. */
  void check() {
    world.overwritten().stream()
        .findFirst()
        .ifPresent(violation -> {
          throw violation;
        });
    for (People each : people) {
      for (People.Account account : each.accounts()) {
        purgedIsGone(account);
        if (!account.gone) {
          check(account, each);
        }
      }
    }
    if (world.twoReleases() && people.stream().noneMatch(People::deletedTenant)) {
      OlderRelease.check(world, world.functions().wiring("QueryFunction"));
    }
    olderReleasesReadOn();
    nothingIsSecretInTheClear();
  }

  /** What is stored has what the release before this one looks at: docs/decisions/030. */
  private void olderReleasesReadOn() {
    for (var table : world.deployment().template.tables()) {
      for (ObjectNode item : world.tables().items(table.name())) {
        String key = item.at("/sk/S").asText();
        check(item.at("/format/N").asText("1").equals("1"), "no older release reads " + key);
      }
    }
  }

  /** Nothing holds a connection that no execution is working on; if nothing of ours failed. */
  void checkLocks() {
    if (world.weather().ownCalm()) {
      world.tables().items(world.deployment().table("ScansTable")).stream()
          .filter(item -> item.at("/sk/S").asText().equals("running"))
          .filter(item ->
              people.stream()
                  .flatMap(each -> each.accounts().stream())
                  .anyMatch(account -> partition(account).equals(item.at("/pk/S").asText())))
          .forEach(lock -> check(false, "no scan is running, and there is a lock " + lock));
    }
  }

  /** Once nothing fails any more, a connection can be proven and scanned, and is read whole. */
  void checkThatAllGoesOn(Runnable settle) {
    for (People each : people) {
      for (People.Account account : each.accounts()) {
        String status = each.get(account).body().path("status").asText();
        if (!account.gone && Set.of("active", "revoked").contains(status)) {
          each.launch(account);
          People.Answer verified = each.verify(account);
          check(
              verified.ok() && verified.body().path("verification").isMissingNode(),
              "a connection cannot be proven again: " + verified);
          People.Answer started = each.scan(account);
          check(started.ok(), "no scan can be started: " + started);
          settle.run();
          String scan = started.body().path("scanId").asText();
          People.Answer ended = each.scanOf(account, scan);
          check(
              ended.body().path("status").asText().equals("concluded"),
              "a scan does not conclude, though nothing fails: " + ended);
          int unread = ended.body().at("/snapshot/coverage/unread").size();
          check(unread == 0, "a scan leaves regions unread, though nothing fails: " + ended);
          return;
        }
      }
    }
  }

  private void check(People.Account account, People owner) {
    owner.history(account);
    People.Answer connection = owner.get(account);
    check(!People.verifying(connection), "a connection is verifying for ever: " + connection);
    Map<String, People.Answer> scans = new LinkedHashMap<>();
    account.scans.forEach(scan -> scans.put(scan, owner.scanOf(account, scan)));
    for (People.Answer answer : scans.values()) {
      String status = answer.body().path("status").asText();
      check(
          answer.status() == 404
              || Set.of("concluded", "failed", "cancelled", "timed_out").contains(status),
          "a scan has no end: " + answer);
      check(
          !world.weather().ownCalm() || !status.equals("timed_out"),
          "a scan timed out, though nothing of ours failed");
    }
    Wiring wiring = world.functions().wiring("QueryFunction");
    TenantId tenant = new TenantId(account.tenant());
    ConnectionId id = new ConnectionId(account.id);
    var history = wiring.snapshots().history(tenant, id);
    check(history.unreadable() == 0, "a snapshot cannot be read");
    history.snapshots().forEach(this::saysWhatIsTrue);
    Set<String> stopped =
        scans.entrySet().stream()
            .filter(scan -> stopped(scan.getValue().body()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    for (Ledger ledger : wiring.ledgers().ledgers(tenant, id).ledgers()) {
      isOfTheLog(ledger, stopped.contains(ledger.session().value()));
    }
    List<String> readable =
        history.snapshots().stream().map(snapshot -> snapshot.key().scan().value()).toList();
    scans.entrySet().stream()
        .filter(scan -> scan.getValue().body().path("status").asText().equals("concluded"))
        .map(Map.Entry::getKey)
        .filter(scan -> !account.purged.contains(scan) && !readable.contains(scan))
        .forEach(scan ->
            check(
                readable.stream().filter(other -> other.compareTo(scan) > 0).count()
                    >= Snapshot.KEPT,
                "the result of a scan is lost, of " + scan));
    long stored =
        world.tables().items(world.deployment().table("ScansTable")).stream()
            .filter(item -> partition(account).equals(item.at("/pk/S").asText()))
            .filter(item -> item.at("/sk/S").asText().startsWith("snapshot#"))
            .count();
    check(stored <= Snapshot.KEPT, stored + " snapshots are stored after the stream was read");
  }

  /** What was read of a region is what the account holds there; of the rest nothing is said. */
  private void saysWhatIsTrue(Snapshot snapshot) {
    SampleAccount truth = world.sample().customer();
    for (RegionOutcome region : snapshot.regions()) {
      region
          .complete(RegionOutcome.INSTANCES)
          .ifPresent(counts ->
              check(
                  counts.total() == truth.size(region.region().value()),
                  "%s has %d instances, not %d"
                      .formatted(
                          region.region(), truth.size(region.region().value()), counts.total())));
    }
    snapshot
        .buckets()
        .buckets()
        .complete()
        .ifPresent(counts ->
            check(counts.total() == truth.buckets().size(), "the account has other buckets"));
    check(
        snapshot.coverage().enabled() == truth.regions().size(),
        "the account has " + truth.regions() + ", not " + snapshot.coverage());
  }

  /** Whether it was ended by somebody, with calls under way: docs/decisions/003. */
  private static boolean stopped(JsonNode scan) {
    return scan.path("status").asText().equals("cancelled")
        || scan.at("/failure/code").asText().equals("not_active");
  }

  /**
   * Each row is an attempt that was made; and if nothing of ours failed, each attempt is a row.
   *
   * @param stopped whether calls may have been under way when it was written
   */
  private void isOfTheLog(Ledger ledger, boolean stopped) {
    Map<String, Integer> attempts = new HashMap<>();
    world.network().customers().attempts().stream()
        .filter(attempt -> attempt.session().equals(ledger.session().value()))
        .forEach(attempt -> attempts.merge(row(attempt), 1, Integer::sum));
    for (Call call : ledger.calls()) {
      Integer left = attempts.merge(row(call), -1, Integer::sum);
      check(left >= 0, "a call is in the ledger that was not made: " + call);
    }
    if (world.weather().ownCalm() && !stopped) {
      attempts.values().removeIf(left -> left == 0);
      check(attempts.isEmpty(), "calls are not in the ledger: " + attempts);
    }
  }

  private static String row(CustomerCalls.Attempt attempt) {
    return attempt.service()
        + '/'
        + attempt.region()
        + '/'
        + attempt.status()
        + '/'
        + attempt.requestId();
  }

  private static String row(Call call) {
    return call.service() + '/' + call.region() + '/' + call.status() + '/' + call.requestId();
  }

  private static String partition(People.Account account) {
    return account.tenant() + "#" + account.id;
  }

  private void purgedIsGone(People.Account account) {
    for (ObjectNode item : world.tables().items(world.deployment().table("ScansTable"))) {
      if (item.at("/pk/S").asText().equals(partition(account))) {
        String key = item.at("/sk/S").asText();
        check(!account.gone, "of a connection that was purged there is " + key);
        check(
            account.purged.stream().noneMatch(key::contains),
            "of a scan that was purged there is " + key);
      }
    }
    if (account.gone) {
      for (ObjectNode item : world.tables().items(world.deployment().table("ConnectionsTable"))) {
        check(
            !item.at("/sk/S").asText().equals(account.id)
                && !item.at("/holder/S").asText().equals(account.id),
            "of a connection that was purged there is " + item.at("/sk/S").asText());
      }
    }
  }

  private void nothingIsSecretInTheClear() {
    SecretIndex secrets = new SecretIndex(world.secrets());
    StringBuilder all = new StringBuilder();
    world.told().forEach(told -> all.append(told.text()).append('\n'));
    Set<Secret> found = secrets.in(List.of(latin(all.toString())));
    for (var table : world.deployment().template.tables()) {
      for (ObjectNode item : world.tables().items(table.name())) {
        found.addAll(secrets.in(readings(item)));
      }
    }
    if (!found.isEmpty()) {
      Secret one = found.iterator().next();
      String where =
          world.told().stream()
              .filter(told -> told.text().contains(one.value()))
              .map(World.Told::where)
              .distinct()
              .collect(Collectors.joining(", "));
      throw new Violation(one + " is in the clear in " + (where.isEmpty() ? "a table" : where));
    }
  }

  private static String latin(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** An item as it is, and its binary attributes as they may be compressed. */
  private static List<String> readings(ObjectNode item) {
    List<String> readings = new ArrayList<>(List.of(latin(item.toString())));
    item.findValues("B")
        .forEach(binary ->
            readings.addAll(Secret.readings(Base64.getDecoder().decode(binary.textValue()))));
    return readings;
  }
}
