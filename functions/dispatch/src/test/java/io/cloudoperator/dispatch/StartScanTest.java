package io.cloudoperator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.scan.RegionChoice;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanKey;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StartScanTest {
  private static final Optional<String> NO_KEY = Optional.empty();

  private final Stage stage;

  StartScanTest() throws IOException {
    stage = new Stage();
  }

  @AfterAll
  void close() {
    stage.close();
  }

  @Test
  void startsAScanAndSaysWhereToFollowIt() {
    Connection connection = stage.active();

    APIGatewayV2HTTPResponse answer = stage.post(stage.machine(), connection, NO_KEY);

    String scan = Stage.body(answer).required("scanId").asText();
    String self = "/connections/" + connection.id() + "/scans/" + scan;
    assertThat(answer.getStatusCode()).isEqualTo(202);
    assertThat(answer.getHeaders()).containsEntry("location", self);
    assertThat(Stage.body(answer).required("status").asText()).isEqualTo("running");
    assertThat(Stage.body(answer).required("links").required("self").asText()).isEqualTo(self);
    assertThat(stage.started).extracting(key -> key.scan().value()).contains(scan);
    assertThat(stage.run(connection, scan).orElseThrow().trigger())
        .isEqualTo(Run.Trigger.ON_DEMAND);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; ALL;",
        "{\"regions\":[\"us-east-1\",\"eu-west-1\",\"us-east-1\"]}; ONLY; eu-west-1 us-east-1",
        "{\"excludeRegions\":[\"sa-east-1\"]}; EXCEPT; sa-east-1"
      })
  void keepsWhichRegionsAreToBeRead(String body, RegionChoice.Kind kind, @Nullable String regions) {
    Connection connection = stage.active();

    APIGatewayV2HTTPResponse answer = post(connection, NO_KEY, body);

    assertThat(answer.getStatusCode()).isEqualTo(202);
    RegionChoice choice =
        stage
            .run(connection, Stage.body(answer).required("scanId").asText())
            .orElseThrow()
            .choice();
    assertThat(choice.kind()).isEqualTo(kind);
    assertThat(choice.regions().stream().map(RegionName::value).collect(Collectors.joining(" ")))
        .isEqualTo(regions == null ? "" : regions);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"region\":[\"us-east-1\"]}; region",
        "{\"regions\":\"us-east-1\"}; regions",
        "{\"regions\":[]}; regions",
        "{\"regions\":[\"us-east-1\",\"US East\"]}; regions[1]",
        "{\"excludeRegions\":[\"\"]}; excludeRegions[0]",
        "{\"regions\":[\"us-east-1\"],\"excludeRegions\":[\"eu-west-1\"]}; excludeRegions"
      })
  void refusesABodyThatChoosesNothing(String body, String field) {
    Connection connection = stage.active();

    APIGatewayV2HTTPResponse answer = post(connection, NO_KEY, body);

    assertThat(answer.getStatusCode()).isEqualTo(400);
    assertThat(Stage.body(answer).required("field").asText()).isEqualTo(field);
    assertThat(stage.started).noneMatch(key -> isOf(connection, key));
  }

  @Test
  void refusesMoreRegionsThanThereAre() {
    String names =
        IntStream.rangeClosed(0, RegionChoice.MOST)
            .mapToObj("\"xx-test-%d\""::formatted)
            .collect(Collectors.joining(","));

    assertThat(post(stage.active(), NO_KEY, "{\"regions\":[" + names + "]}").getStatusCode())
        .isEqualTo(400);
  }

  @Test
  void takesAKeyForOneChoiceOfRegions() {
    Connection connection = stage.active();
    Optional<String> key = Optional.of("k-1");
    String ireland = "{\"regions\":[\"eu-west-1\"]}";
    APIGatewayV2HTTPResponse first = post(connection, key, ireland);

    assertThat(Stage.body(post(connection, key, ireland))).isEqualTo(Stage.body(first));
    for (String other : List.of("{}", "{\"regions\":[\"us-east-1\"]}")) {
      APIGatewayV2HTTPResponse answer = post(connection, key, other);
      assertThat(answer.getStatusCode()).isEqualTo(400);
      assertThat(Stage.body(answer).required("field").asText()).isEqualTo("Idempotency-Key");
    }
  }

  private APIGatewayV2HTTPResponse post(Connection connection, Optional<String> key, String body) {
    return stage.post(
        stage.machine(), connection.tenant(), connection.id().value(), key, Optional.of(body));
  }

  @Test
  void answersTheSameScanToTheSameKey() {
    Connection connection = stage.active();

    APIGatewayV2HTTPResponse first = stage.post(stage.machine(), connection, Optional.of("k-1"));
    int started = stage.started.size();
    APIGatewayV2HTTPResponse second = stage.post(stage.machine(), connection, Optional.of("k-1"));

    assertThat(second.getStatusCode()).isEqualTo(202);
    assertThat(Stage.body(second)).isEqualTo(Stage.body(first));
    assertThat(stage.started).hasSize(started);
  }

  @Test
  void answersWithHowAnEarlierScanOfTheKeyEnded() {
    Connection connection = stage.active();
    APIGatewayV2HTTPResponse first = stage.post(stage.machine(), connection, Optional.of("k-1"));
    Run run = stage.run(connection, Stage.body(first).required("scanId").asText()).orElseThrow();
    stage.runs.fail(run, new Run.Failure("role_not_assumable", "It is gone."));

    APIGatewayV2HTTPResponse second = stage.post(stage.machine(), connection, Optional.of("k-1"));

    assertThat(second.getStatusCode()).isEqualTo(200);
    assertThat(Stage.body(second).required("status").asText()).isEqualTo("failed");
  }

  @Test
  void namesTheScanThatRuns() {
    Connection connection = stage.active();
    String running =
        Stage.body(stage.post(stage.machine(), connection, NO_KEY)).required("scanId").asText();

    APIGatewayV2HTTPResponse answer =
        stage.post(stage.machine(), connection, Optional.of("another"));

    assertThat(answer.getStatusCode()).isEqualTo(409);
    assertThat(Stage.body(answer).required("code").asText()).isEqualTo("scan_running");
    assertThat(Stage.body(answer).required("scanId").asText()).isEqualTo(running);
  }

  @Test
  void startsAnotherOnceTheOneBeforeTimedOut() {
    Connection connection = stage.active();
    stage.post(stage.machine(), connection, NO_KEY);
    stage.clock.pass(Run.LONGEST.plus(Duration.ofSeconds(1)));

    assertThat(stage.post(stage.machine(), connection, NO_KEY).getStatusCode()).isEqualTo(202);
  }

  @Test
  void refusesConnectionsThatAreNotActive() {
    Connection pending = stage.pending();
    Connection active = stage.active();
    Connection disconnected = stage.save(active, active.disconnected(stage.clock.instant()));

    assertThat(refusal(pending)).isEqualTo("409 connection_not_active");
    assertThat(refusal(disconnected)).isEqualTo("409 connection_disconnected");
  }

  @Test
  void scansNoConnectionThatCannotBeRead() {
    Connection damaged = stage.active();
    stage.damage(damaged);

    assertThat(refusal(damaged)).isEqualTo("409 stored_unreadable");
  }

  @Test
  void doesNotTellAForeignConnectionFromOneThatDoesNotExist() {
    Connection connection = stage.active();
    TenantId stranger = new TenantId("stranger");

    APIGatewayV2HTTPResponse foreign =
        stage.post(stage.machine(), stranger, connection.id().value(), NO_KEY);
    APIGatewayV2HTTPResponse none =
        stage.post(stage.machine(), stranger, "con-" + "f".repeat(32), NO_KEY);

    assertThat(foreign.getStatusCode()).isEqualTo(404);
    assertThat(Stage.body(foreign)).isEqualTo(Stage.body(none));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "ümlaut", "tab\t"})
  void refusesAKeyThatIsNotVisibleAscii(String key) {
    APIGatewayV2HTTPResponse answer = stage.post(stage.machine(), stage.active(), Optional.of(key));

    assertThat(answer.getStatusCode()).isEqualTo(400);
    assertThat(Stage.body(answer).required("field").asText()).isEqualTo("Idempotency-Key");
  }

  @Test
  void takesAKeyOf128CharactersAndNoMore() {
    Optional<String> longest = Optional.of("k".repeat(128));
    Optional<String> longer = Optional.of("k".repeat(129));

    assertThat(stage.post(stage.machine(), stage.active(), longest).getStatusCode()).isEqualTo(202);
    assertThat(stage.post(stage.machine(), stage.active(), longer).getStatusCode()).isEqualTo(400);
  }

  @Test
  void failsTheRunWhenTheStateMachineCannotBeStartedAndLetsTheSameKeyTryAgain() {
    Connection connection = stage.active();
    Optional<String> key = Optional.of("k-1");

    APIGatewayV2HTTPResponse refused = stage.post(_ -> false, connection, key);
    APIGatewayV2HTTPResponse again = stage.post(stage.machine(), connection, key);
    APIGatewayV2HTTPResponse repeated = stage.post(stage.machine(), connection, key);

    assertThat(refused.getStatusCode()).isEqualTo(503);
    assertThat(Stage.body(refused).required("code").asText()).isEqualTo("not_started");
    assertThat(Stage.body(refused).required("retryable").asBoolean()).isTrue();
    assertThat(again.getStatusCode()).isEqualTo(202);
    assertThat(Stage.body(repeated)).isEqualTo(Stage.body(again));
  }

  @Test
  void startsOneScanForManyRequestsAtOnce() throws InterruptedException {
    Connection connection = stage.active();
    Thread[] threads = new Thread[6];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = Thread.ofVirtual().start(() -> stage.post(stage.machine(), connection, NO_KEY));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(stage.started).filteredOn(key -> isOf(connection, key)).hasSize(1);
  }

  private String refusal(Connection connection) {
    APIGatewayV2HTTPResponse answer = stage.post(stage.machine(), connection, NO_KEY);
    return answer.getStatusCode() + " " + Stage.body(answer).required("code").asText();
  }

  private static boolean isOf(Connection connection, ScanKey key) {
    return key.connection().equals(connection.id());
  }
}
