package io.cloudoperator.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.service.ec2.InstanceFacts;
import io.cloudoperator.service.ec2.InstanceTally;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceTallyTest {
  private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  private final InstanceTally tally = new InstanceTally(NOW);

  @Test
  void countsNothingToBeginWith() {
    assertThat(tally.counts()).isEqualTo(InstanceCounts.NONE);
  }

  @Test
  void countsEachInstanceByWhatItIs() {
    tally.add(instance("running", "m7g.large"));
    tally.add(instance("stopped", "m7g.xlarge"));
    tally.add(instance("running", "t3.micro"));

    InstanceCounts counts = tally.counts();
    assertThat(counts.total()).isEqualTo(3);
    assertThat(counts.byState()).isEqualTo(Map.of("running", 2L, "stopped", 1L));
    assertThat(counts.byFamily()).isEqualTo(Map.of("m7g", 2L, "t3", 1L));
    assertThat(counts.byArchitecture()).isEqualTo(Map.of("arm64", 3L));
    assertThat(counts.byPlatform()).isEqualTo(Map.of("Linux/UNIX", 3L));
    assertThat(counts.byTenancy()).isEqualTo(Map.of("default", 3L));
  }

  @Test
  void flagsEachRiskByItself() {
    tally.add(risky("running", Optional.of(LONG_AGO), Optional.empty()));
    tally.add(risky("stopped", Optional.of(LONG_AGO), Optional.of(LONG_AGO)));

    InstanceCounts counts = tally.counts();
    assertThat(counts.imdsV1Allowed()).isEqualTo(2);
    assertThat(counts.publicIpv4()).isEqualTo(2);
    assertThat(counts.noInstanceProfile()).isEqualTo(2);
    assertThat(counts.launchWizardGroup()).isEqualTo(2);
    assertThat(counts.previousGeneration()).isEqualTo(2);
    assertThat(counts.runningOverOneYear()).isEqualTo(1);
    assertThat(counts.stoppedOver30Days()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"shutting-down", "terminated"})
  void countsTheStateAloneOfAnInstanceThatIsGoing(String state) {
    tally.add(risky(state, Optional.of(LONG_AGO), Optional.of(LONG_AGO)));

    InstanceCounts onlyState =
        new InstanceCounts(
            1,
            new TreeMap<>(Map.of(state, 1L)),
            InstanceCounts.NONE.byFamily(),
            InstanceCounts.NONE.byArchitecture(),
            InstanceCounts.NONE.byPlatform(),
            InstanceCounts.NONE.byTenancy(),
            0,
            0,
            0,
            0,
            0,
            0,
            0);
    assertThat(tally.counts()).isEqualTo(onlyState);
  }

  @Test
  void waitsForTheLastMomentOfThirtyDaysAndOfAYear() {
    Instant thirtyDays = NOW.minus(Duration.ofDays(30));
    Instant year = NOW.minus(Duration.ofDays(365));

    tally.add(risky("stopped", Optional.empty(), Optional.of(thirtyDays)));
    tally.add(risky("running", Optional.of(year), Optional.empty()));
    assertThat(tally.counts().stoppedOver30Days()).isZero();
    assertThat(tally.counts().runningOverOneYear()).isZero();

    tally.add(risky("stopped", Optional.empty(), Optional.of(thirtyDays.minusSeconds(1))));
    tally.add(risky("running", Optional.of(year.minusSeconds(1)), Optional.empty()));
    assertThat(tally.counts().stoppedOver30Days()).isEqualTo(1);
    assertThat(tally.counts().runningOverOneYear()).isEqualTo(1);
  }

  @Test
  void claimsNoAgeThatIsNotKnown() {
    tally.add(risky("stopped", Optional.of(LONG_AGO), Optional.empty()));
    tally.add(risky("running", Optional.empty(), Optional.of(LONG_AGO)));

    assertThat(tally.counts().stoppedOver30Days()).isZero();
    assertThat(tally.counts().runningOverOneYear()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"m3.medium", "t1.micro", "i2.xlarge", "c4.large"})
  void knowsPreviousGenerations(String type) {
    tally.add(instance("running", type));

    assertThat(tally.counts().previousGeneration()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"m7g.medium", "t3.micro", "m30.large", "i4i.large", "u-6tb1.metal", "x"})
  void takesNoOtherForOne(String type) {
    tally.add(instance("running", type));

    assertThat(tally.counts().previousGeneration()).isZero();
  }

  private static InstanceFacts instance(String state, String type) {
    return new InstanceFacts(
        state,
        type,
        "arm64",
        "Linux/UNIX",
        "default",
        false,
        false,
        true,
        false,
        Optional.of(NOW),
        Optional.empty());
  }

  private static InstanceFacts risky(
      String state, Optional<Instant> launchedAt, Optional<Instant> stoppedAt) {
    return new InstanceFacts(
        state,
        "m1.small",
        "i386",
        "Windows",
        "dedicated",
        true,
        true,
        false,
        true,
        launchedAt,
        stoppedAt);
  }
}
