package io.cloudoperator.sample.cloudtrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.sample.control.LoggedRequest;
import io.cloudoperator.sample.iam.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TrailEventTest {

  private static final String ACCOUNT = "111122223333";
  private static final String ROLE = "arn:aws:iam::444455556666:role/Audit";

  @Test
  void tellsTheParametersOfAnAssumeRole() {
    assertThat(event("900").json(ACCOUNT))
        .contains("\"roleArn\":\"" + ROLE + "\"", "\"durationSeconds\":900");
  }

  @Test
  void tellsOfARefusedRequestWhoseDurationIsNoNumber() {
    assertThat(event("soon").json(ACCOUNT))
        .contains("\"roleArn\":\"" + ROLE + "\"")
        .doesNotContain("durationSeconds");
  }

  @Test
  void tellsWhatChangesARoleFromWhatReadsIt() {
    assertThat(event("iam", "DeleteRole", "").json(ACCOUNT)).contains("\"readOnly\":false");
    assertThat(event("iam", "GetRole", "").json(ACCOUNT)).contains("\"readOnly\":true");
    assertThat(event("900").json(ACCOUNT)).contains("\"readOnly\":true");
  }

  private static TrailEvent event(String duration) {
    return event("sts", "AssumeRole", duration);
  }

  private static TrailEvent event(String service, String operation, String duration) {
    LoggedRequest request =
        new LoggedRequest(
            Instant.EPOCH,
            service,
            operation,
            "us-east-1",
            "AKIAIOSFODNN7EXAMPLE",
            400,
            "MalformedInput",
            "request-1",
            Map.of("RoleArn", ROLE, "DurationSeconds", duration));
    String user = "arn:aws:iam::" + ACCOUNT + ":user/someone";
    return new TrailEvent(
        1,
        request,
        new Caller(
            ACCOUNT,
            user,
            user,
            "AIDASOMEONE",
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty()));
  }
}
