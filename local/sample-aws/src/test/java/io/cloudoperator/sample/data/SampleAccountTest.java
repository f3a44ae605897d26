package io.cloudoperator.sample.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.sample.data.SampleInstance.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class SampleAccountTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void theSameSeedMakesTheSameAccount() {
    assertThat(account(7, 300, 34).instances()).isEqualTo(account(7, 300, 34).instances().toList());
    assertThat(account(8, 300, 34).instances().toList())
        .isNotEqualTo(account(7, 300, 34).instances().toList());
  }

  @Test
  void holdsAsManyInstancesAsItIsTold() {
    for (int instances : new int[] {0, 1, 2, 10, 999, 1_000_000}) {
      for (int regions : new int[] {1, 2, 5, 17, 34}) {
        assertThat(account(1, instances, regions).size()).isEqualTo(instances);
      }
    }
  }

  @Test
  void spreadsThemVeryUnevenly() {
    SampleAccount account = account(1, 1200, 34);
    List<Integer> sizes = account.regions().stream().map(account::size).sorted().toList();
    assertThat(sizes.getLast()).isGreaterThan(600);
    assertThat(sizes).filteredOn(size -> size == 0).hasSizeGreaterThan(10);
    assertThat(sizes).filteredOn(size -> size >= 1 && size <= 3).hasSizeGreaterThan(4);
  }

  @Test
  void hasSomethingOfEachRiskEvenWhenItIsSmall() {
    for (long seed = 1; seed <= 20; seed++) {
      SampleAccount account = account(seed, 60, 34);
      assertHas(account, SampleInstance::imdsV1Allowed);
      assertHas(account, each -> each.publicIp().isPresent());
      assertHas(account, each -> each.state() == State.RUNNING && each.instanceProfile().isEmpty());
      assertHas(
          account,
          each ->
              each.state() == State.STOPPED
                  && each.stoppedAt().orElseThrow().isBefore(NOW.minus(Duration.ofDays(30))));
      assertHas(account, each -> each.type().startsWith("m3."));
      assertHas(
          account,
          each ->
              each.securityGroups().stream().anyMatch(name -> name.startsWith("launch-wizard")));
      assertHas(
          account,
          each ->
              each.state() == State.RUNNING
                  && each.launchTime().isBefore(NOW.minus(Duration.ofDays(365))));
      assertHas(account, each -> each.state() == State.TERMINATED);
      assertThat(account.buckets().stream().map(SampleBucket::region).distinct().count())
          .isGreaterThan(1);
    }
  }

  @Test
  void noTwoInstancesHaveTheSameId() {
    SampleAccount account = account(3, 20_000, 34);
    assertThat(account.instances().map(SampleInstance::id)).doesNotHaveDuplicates();
  }

  @Test
  void findsEachInstanceByItsId() {
    SampleAccount account = account(3, 500, 34);
    account
        .instances()
        .forEach(each -> assertThat(account.find(each.region(), each.id())).hasValue(each));
    assertThat(account.find("us-east-1", "i-00000000000000000")).isEmpty();
    assertThat(account.find("us-east-1", "nonsense")).isEmpty();
  }

  @Test
  void mixingCanBeUndone() {
    for (long number : new long[] {0, 1, -1, 42, Long.MIN_VALUE, 0x1234_5678_9abcL}) {
      assertThat(Scramble.unmix(Scramble.mix(number))).isEqualTo(number);
    }
  }

  @Test
  void drawsItsApisWhenTheyAreFirstAskedFor() {
    AtomicInteger drawn = new AtomicInteger();
    Generator generator =
        new Generator() {
          @Override
          public List<Runnable> showcase(AccountDraft draft) {
            drawn.incrementAndGet();
            return List.of(() -> {
              assertThat(draft.account().all(Api.class).all()).isEmpty();
              draft.put(new Api());
            });
          }
        };
    SampleAccount account =
        new SampleAccount(
            "444455556666", 1, 5, 2, new ApiSize(1, 0, 0, 0), List.of(generator), 2, NOW);

    assertThat(account.instances()).hasSize(5);
    assertThat(account.buckets()).hasSize(2);
    assertThat(drawn).hasValue(0);

    assertThat(account.apis()).isEqualTo(1);
    assertThat(account.all(Api.class).all()).hasSize(1);
    assertThat(drawn).hasValue(1);
  }

  private record Api() implements Regional {
    @Override
    public String region() {
      return "us-east-1";
    }

    @Override
    public String id() {
      return "api";
    }

    @Override
    public int apis() {
      return 1;
    }
  }

  private static void assertHas(SampleAccount account, Predicate<SampleInstance> risk) {
    assertThat(account.instances()).anyMatch(risk);
  }

  private static SampleAccount account(long seed, int instances, int regions) {
    return new SampleAccount("444455556666", seed, instances, 24, regions, NOW);
  }
}
