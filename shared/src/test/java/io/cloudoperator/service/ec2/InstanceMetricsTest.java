package io.cloudoperator.service.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceMetricsTest {
  private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  private final Tally<InstanceFacts> tally = InstanceFacts.COUNTED.tally(NOW);

  @Test
  void countsNothingToBeginWith() {
    assertThat(tally.counts()).isEqualTo(InstanceFacts.COUNTED.none());
  }

  @Test
  void countsEachInstanceByWhatItIs() {
    tally.add(instance("running", "m7g.large"));
    tally.add(instance("stopped", "m7g.xlarge"));
    tally.add(instance("running", "t3.micro"));

    Counts counts = tally.counts();
    assertThat(counts.total()).isEqualTo(3);
    assertThat(counts.by("byState")).isEqualTo(Map.of("running", 2L, "stopped", 1L));
    assertThat(counts.by("byFamily")).isEqualTo(Map.of("m7g", 2L, "t3", 1L));
    assertThat(counts.by("byArchitecture")).isEqualTo(Map.of("arm64", 3L));
    assertThat(counts.by("byPlatform")).isEqualTo(Map.of("Linux/UNIX", 3L));
    assertThat(counts.by("byTenancy")).isEqualTo(Map.of("default", 3L));
    assertThat(counts.metrics()).isEqualTo(InstanceFacts.COUNTED.none().metrics());
  }

  @Test
  void flagsEachRiskByItself() {
    tally.add(risky("running", Optional.of(LONG_AGO), Optional.empty()));
    tally.add(risky("stopped", Optional.of(LONG_AGO), Optional.of(LONG_AGO)));

    Counts counts = tally.counts();
    assertThat(counts.metric("imdsV1Allowed")).hasValue(2);
    assertThat(counts.metric("publicIpv4")).hasValue(2);
    assertThat(counts.metric("noInstanceProfile")).hasValue(2);
    assertThat(counts.metric("launchWizardGroup")).hasValue(2);
    assertThat(counts.metric("previousGeneration")).hasValue(2);
    assertThat(counts.metric("runningOverOneYear")).hasValue(1);
    assertThat(counts.metric("stoppedOver30Days")).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"shutting-down", "terminated"})
  void countsTheStateAloneOfAnInstanceThatIsGoing(String state) {
    tally.add(risky(state, Optional.of(LONG_AGO), Optional.of(LONG_AGO)));

    Map<String, SortedMap<String, Long>> onlyState =
        new HashMap<>(InstanceFacts.COUNTED.none().breakdowns());
    onlyState.put("byState", new TreeMap<>(Map.of(state, 1L)));
    assertThat(tally.counts())
        .isEqualTo(new Counts(1, onlyState, InstanceFacts.COUNTED.none().metrics()));
  }

  @Test
  void waitsForTheLastMomentOfThirtyDaysAndOfAYear() {
    Instant thirtyDays = NOW.minus(Duration.ofDays(30));
    Instant year = NOW.minus(Duration.ofDays(365));

    tally.add(risky("stopped", Optional.empty(), Optional.of(thirtyDays)));
    tally.add(risky("running", Optional.of(year), Optional.empty()));
    assertThat(tally.counts().metric("stoppedOver30Days")).hasValue(0);
    assertThat(tally.counts().metric("runningOverOneYear")).hasValue(0);

    tally.add(risky("stopped", Optional.empty(), Optional.of(thirtyDays.minusSeconds(1))));
    tally.add(risky("running", Optional.of(year.minusSeconds(1)), Optional.empty()));
    assertThat(tally.counts().metric("stoppedOver30Days")).hasValue(1);
    assertThat(tally.counts().metric("runningOverOneYear")).hasValue(1);
  }

  @Test
  void claimsNoAgeThatIsNotKnown() {
    tally.add(risky("stopped", Optional.of(LONG_AGO), Optional.empty()));
    tally.add(risky("running", Optional.empty(), Optional.of(LONG_AGO)));

    assertThat(tally.counts().metric("stoppedOver30Days")).hasValue(0);
    assertThat(tally.counts().metric("runningOverOneYear")).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"m3.medium", "t1.micro", "i2.xlarge", "c4.large"})
  void knowsPreviousGenerations(String type) {
    tally.add(instance("running", type));

    assertThat(tally.counts().metric("previousGeneration")).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"m7g.medium", "t3.micro", "m30.large", "i4i.large", "u-6tb1.metal", "x"})
  void takesNoOtherForOne(String type) {
    tally.add(instance("running", type));

    assertThat(tally.counts().metric("previousGeneration")).hasValue(0);
  }

  private static InstanceFacts instance(String state, String type) {
    return InstanceFacts.builder()
        .state(state)
        .type(type)
        .architecture("arm64")
        .platform("Linux/UNIX")
        .tenancy("default")
        .instanceProfile(true)
        .launchedAt(Optional.of(NOW))
        .build();
  }

  private static InstanceFacts risky(
      String state, Optional<Instant> launchedAt, Optional<Instant> stoppedAt) {
    return InstanceFacts.builder()
        .state(state)
        .type("m1.small")
        .architecture("i386")
        .platform("Windows")
        .tenancy("dedicated")
        .imdsV1(true)
        .publicIpv4(true)
        .launchWizardGroup(true)
        .launchedAt(launchedAt)
        .stoppedAt(stoppedAt)
        .build();
  }
}
