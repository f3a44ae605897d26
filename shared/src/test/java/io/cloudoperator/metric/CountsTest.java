package io.cloudoperator.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.cloudoperator.json.Json;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.service.ec2.InstanceFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CountsTest {
  private static final Counts OF_AN_EARLIER_RELEASE =
      Json.read("{\"total\":2,\"byState\":{\"running\":2},\"publicIpv4\":1}", Counts.class);

  @Test
  void writesTheFlatFormOfEarlierReleases() {
    Counts counts =
        new Counts(
            2, Map.of("byState", new TreeMap<>(Map.of("running", 2L))), Map.of("publicIpv4", 1L));

    assertThat(Json.write(counts))
        .isEqualTo("{\"total\":2,\"byState\":{\"running\":2},\"publicIpv4\":1}");
    assertThat(OF_AN_EARLIER_RELEASE).isEqualTo(counts);
  }

  @Test
  void takesWhatIsAbsentForUnknownAndNotForZero() {
    assertThat(OF_AN_EARLIER_RELEASE.metric("publicIpv4")).hasValue(1);
    assertThat(OF_AN_EARLIER_RELEASE.metric("imdsV1Allowed")).isEmpty();
  }

  @Test
  void doesNotKnowTheSumOfWhatItKnowsInPart() {
    Counts sum =
        InstanceFacts.COUNTED.sum(List.of(InstanceFacts.COUNTED.none(), OF_AN_EARLIER_RELEASE));

    assertThat(sum.total()).isEqualTo(2);
    assertThat(sum.metric("publicIpv4")).hasValue(1);
    assertThat(sum.metric("imdsV1Allowed")).isEmpty();
  }

  @Test
  void addsUpTheValuesOfABreakdown() {
    Counts sum = byState(Map.of("running", 2L, "stopped", 1L)).plus(byState(Map.of("running", 3L)));

    assertThat(sum.by("byState")).isEqualTo(Map.of("running", 5L, "stopped", 1L));
    assertThat(sum.of("byState", "running")).isEqualTo(5);
    assertThat(sum.of("byState", "pending")).isZero();
    assertThat(sum.of("byFamily", "m7g")).isZero();
  }

  @Test
  void saysNothingOfThingsWhoseValueAwsDoesNotSayNorOfValuesThatNothingHas() {
    assertThat(byState(Map.of("running", 2L, "unknown", 1L, "stopped", 0L)).known("byState"))
        .isEqualTo(Map.of("running", 2L));
  }

  @Test
  void countsThingsThatAreGoneAmongNoOthers() {
    assertThat(
            InstanceFacts.COUNTED.live(
                new Counts(
                    5,
                    Map.of(
                        "byState",
                        new TreeMap<>(
                            Map.of("running", 2L, "shutting-down", 1L, "terminated", 2L))),
                    Map.of())))
        .isEqualTo(2);
  }

  private static Counts byState(Map<String, Long> values) {
    return new Counts(3, Map.of("byState", new TreeMap<>(values)), Map.of());
  }

  @Test
  void carriesTheCountsOfAResourceThatNobodyKnowsYet() {
    String stored =
        "{\"region\":\"eu-west-1\",\"databases\":{\"status\":\"complete\",\"value\":{\"total\":3}},"
            + "\"instances\":{\"status\":\"unread\",\"reason\":\"failed\",\"code\":\"X\"},\"calls\":[]}";

    RegionOutcome outcome = Json.read(stored, RegionOutcome.class);

    assertThat(outcome.complete("databases").orElseThrow().total()).isEqualTo(3);
    assertThat(outcome.unread()).isPresent();
    assertThat(Json.read(Json.write(outcome), RegionOutcome.class)).isEqualTo(outcome);
  }

  @Test
  void refusesANegativeCount() {
    assertThatThrownBy(() -> new Counts(-1, Map.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Counts(1, Map.of(), Map.of("publicIpv4", -1L)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Counts(1, Map.of("byState", new TreeMap<>(Map.of("running", -1L))), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsMetricsAndBreakdownsAmongWhatIsNotGone() {
    Tally<String> tally = named("tables").tally(Instant.EPOCH);
    List.of("active", "deleting", "active", "open").forEach(tally::add);

    assertThat(tally.counts())
        .isEqualTo(
            new Counts(
                4,
                Map.of(
                    "byStatus",
                    new TreeMap<>(Map.of("active", 2L, "deleting", 1L, "open", 1L)),
                    "byLength",
                    new TreeMap<>(Map.of("6", 2L, "4", 1L))),
                Map.of("open", 1L)));
  }

  @Test
  void countsTheValuesBeyondTheMostThatItKeepsAsOther() {
    Tally<String> tally = named("tables").tally(Instant.EPOCH);
    IntStream.range(0, Tally.MOST_VALUES + 2).mapToObj(Integer::toString).forEach(tally::add);

    assertThat(tally.counts().by("byStatus")).hasSize(Tally.MOST_VALUES + 1);
    assertThat(tally.counts().of("byStatus", Tally.OTHER)).isEqualTo(2);
  }

  @Test
  void trendsHaveTheResourcesNameBeforeADotButForInstances() {
    Counts counts =
        new Counts(
            3,
            Map.of(
                "byStatus", new TreeMap<>(Map.of("active", 3L)),
                "byLength", new TreeMap<>(Map.of("6", 3L))),
            Map.of("open", 1L));

    assertThat(named("tables").trended(counts))
        .containsExactly(entry("tables", 3L), entry("tables.active", 3L), entry("tables.open", 1L));
    assertThat(named("instances").trended(counts))
        .containsExactly(entry("instances", 3L), entry("instances.active", 3L), entry("open", 1L));
    assertThat(named("tables").qualified(named("tables").breakdowns().getLast()))
        .isEqualTo("tables.length");
  }

  private static CountedResource<String> named(String name) {
    return new CountedResource<>(
        name,
        "table",
        CountedResource.Scope.REGION,
        List.of(
            new Breakdown<>("byStatus", "status", status -> status, Set.of("deleting"), true),
            Breakdown.by("byLength", "length", status -> Integer.toString(status.length()))),
        List.of(
            new Metric<>("open", "Open", (status, _) -> status.equals("open"), Optional.empty())));
  }
}
