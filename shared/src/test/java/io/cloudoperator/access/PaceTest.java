package io.cloudoperator.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.access.CannedAws.Answer;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.scan.RegionName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
  private Instant now = Sessions.NOW;
  private final List<Duration> waits = new ArrayList<>();

  @Test
  void leavesHalfOfTheBurstAndHalfOfTheRefillToTheCustomer() {
    try (CannedAws aws = pages(70)) {
      session(aws).scanRegion(new RegionName("eu-west-1"));
    }

    assertThat(waits).hasSize(70 - 50).allMatch(Duration.ofMillis(100)::equals);
  }

  @Test
  void holdsRetriesToo() {
    Answer broken = Answer.ec2Error(500, "InternalError", "once more");
    try (CannedAws aws = pages(49, broken, broken, broken)) {
      session(aws).scanRegion(new RegionName("eu-west-1"));
    }

    assertThat(waits).hasSize(2);
  }

  @Test
  void countsEachRegionByItself() {
    try (CannedAws aws = CannedAws.inTurn(Pages.instances(""))) {
      AssumedSession session = session(aws);
      for (int i = 0; i < 50; i++) {
        session.scanRegion(new RegionName("eu-west-1"));
        session.scanRegion(new RegionName("eu-west-2"));
      }
    }

    assertThat(waits).isEmpty();
  }

  @Test
  void fillsUpAgainWithTimeButNeverBeyondTheBurst() {
    try (CannedAws aws = CannedAws.inTurn(Pages.instances(""))) {
      AssumedSession session = session(aws);
      now = now.plus(Duration.ofHours(1));
      for (int i = 0; i < 51; i++) {
        session.scanRegion(new RegionName("eu-west-1"));
      }
    }

    assertThat(waits).containsExactly(Duration.ofMillis(100));
  }

  private static CannedAws pages(int count, Answer... before) {
    List<Answer> pages = new ArrayList<>(List.of(before));
    for (int i = 1; i < count; i++) {
      pages.add(Pages.instances("page-" + i));
    }
    pages.add(Pages.instances(""));
    return CannedAws.inTurn(pages.toArray(Answer[]::new));
  }

  private AssumedSession session(CannedAws aws) {
    return new AssumedSession(
        Sessions.CREDENTIALS,
        Manifest.operations(Tier.MINIMAL),
        List.of(new RegionName("us-east-1")),
        Sessions.transport(aws.url()),
        () -> now,
        wait -> {
          waits.add(wait);
          now = now.plus(wait);
        });
  }
}
