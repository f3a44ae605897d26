package io.cloudoperator.scan;

import static io.cloudoperator.scan.Sample.apis;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.scan.ApiSummary.Left;
import io.cloudoperator.scan.ApiSummary.UnreadSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ApiSummaryTest {
  private static final UnreadSource SOURCE =
      new UnreadSource("us-east-1", "rest_apis", Reason.DENIED_BY_IAM, "AccessDenied");
  private static final UnreadSource TWO = items(Optional.empty());

  @Test
  void tellsSourcesOfWhichNothingIsKnownFromItemsOfOthers() {
    assertThat(apis(SOURCE, TWO, SOURCE).sourcesUnread()).isEqualTo(2);
    assertThat(apis(TWO).sourcesUnread()).isZero();
  }

  @Test
  void countsItemsByTheirNamesOrByWhatIsLeftOfThem() {
    assertThat(SOURCE.unreadItems()).isZero();
    assertThat(TWO.unreadItems()).isEqualTo(2);
    assertThat(items(Optional.of(new Left(70, 100))).unreadItems()).isEqualTo(70);
  }

  private static UnreadSource items(Optional<Left> left) {
    return new UnreadSource(
        "us-east-1",
        "rest_apis",
        Reason.THROTTLED,
        "TooMany",
        Optional.of(List.of("a1", "a2")),
        left);
  }
}
