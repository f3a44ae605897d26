package io.cloudoperator.service.cloudtrail;

import static io.cloudoperator.service.CannedAccount.trail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.scan.TrailStanding;
import io.cloudoperator.service.CannedAccount;
import io.cloudoperator.session.Sessions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

class TrailReaderTest {
  private final CannedAccount account = new CannedAccount();

  @ParameterizedTest
  @CsvSource({
    // all regions, validated, logging
    "true, true, true, true, true",
    "true, false, true, true, false",
    "true, true, false, false, false",
    "false, true, true, false, false"
  })
  void judgesATrail(
      boolean allRegions, boolean validated, boolean logs, boolean records, boolean validates) {
    account.trails = trail("one", allRegions, validated);
    account.logging.put("one", logs);

    assertThat(standing()).isEqualTo(new TrailStanding(1, records, validates));
  }

  @Test
  void findsTheOneOfManyTrailsThatCounts() {
    account.trails =
        String.join(",", trail("a", true, false), trail("b", true, true), trail("c", true, true));
    account.logging.putAll(Map.of("a", true, "b", false, "c", true));

    assertThat(standing()).isEqualTo(new TrailStanding(3, true, true));
  }

  @Test
  void saysThatThereIsNoTrail() {
    account.trails = "";

    assertThat(standing()).isEqualTo(new TrailStanding(0, false, false));
  }

  @Test
  void takesATrailThatIsGoneForOneThatDoesNotLog() {
    account.refusals.put(
        "GetTrailStatus", new Answer(400, "{\"__type\":\"TrailNotFoundException\"}", false));

    assertThat(standing()).isEqualTo(new TrailStanding(1, false, false));
  }

  @ParameterizedTest
  @CsvSource({"DescribeTrails", "GetTrailStatus"})
  void doesNotTakeARefusalOrAnAnswerOfNothingForAnAccountWithoutTrails(String operation) {
    account.refusals.put(
        operation, new Answer(400, "{\"__type\":\"AccessDeniedException\"}", false));
    assertThatThrownBy(this::standing).isInstanceOf(AwsServiceException.class);

    account.refusals.put(operation, Answer.ok("{}"));
    assertThatThrownBy(this::standing).hasRootCauseInstanceOf(UnreadableResponseException.class);
  }

  private TrailStanding standing() {
    try (CannedAws aws = new CannedAws(account::answer);
        AwsClient cloudTrail = Sessions.client(CloudTrail.SERVICE, aws)) {
      return TrailReader.read(cloudTrail);
    }
  }
}
