package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanKey;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CancelRouteTest extends ConnectStage {
  @Test
  void cancelsAScanAtOnceSoThatAnotherMayBegin() {
    String id = activate().at("/id");
    Run run = begin(id);

    Answer cancelled = cancel(run.key());

    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.at("/scanId")).isEqualTo(run.key().scan().value());
    assertThat(cancelled.at("/status")).isEqualTo("cancelled");
    assertThat(runs.run(run.key()).orElseThrow().stateAt(time.instant()))
        .isEqualTo(Run.State.CANCELLED);
    assertThat(begin(id)).isNotEqualTo(run);
  }

  @Test
  void takesNothingMoreFromACancelledScan() {
    Run run = begin(activate().at("/id"));

    cancel(run.key());

    assertThat(runs.keepPlan(run, PLAN).done()).isFalse();
  }

  @Test
  void answersTheSameOnceMoreAndLeavesTheNextScanAlone() {
    String id = activate().at("/id");
    Run run = begin(id);
    Answer first = cancel(run.key());
    Run next = begin(id);

    assertThat(cancel(run.key()).text()).isEqualTo(first.text());
    assertThat(runs.run(next.key()).orElseThrow().state()).isEqualTo(Run.State.RUNNING);
  }

  @Test
  void refusesAScanThatHasEndedOtherwise() {
    Run failed = begin(activate().at("/id"));
    runs.stop(failed, new Run.Failure("internal", "It failed."));

    assertProblem(cancel(failed.key()), 409, "scan_ended");
    assertThat(runs.run(failed.key()).orElseThrow().failure().orElseThrow().code())
        .isEqualTo("internal");
  }

  @Test
  void refusesAScanThatTimedOut() {
    Run run = begin(activate().at("/id"));
    time.sleep(Run.LONGEST.plusSeconds(1));

    assertProblem(cancel(run.key()), 409, "scan_ended");
  }

  @Test
  void knowsNoScanOfAnotherTenantOrConnection() {
    Run run = begin(activate().at("/id"));
    String other = create().at("/id");

    assertProblem(api.as("tenant-" + UUID.randomUUID()).post(path(run.key())), 404, "not_found");
    assertProblem(
        api.post("/connections/" + other + "/scans/" + run.key().scan() + "/cancel"),
        404,
        "not_found");
    assertProblem(
        api.post("/connections/" + run.key().connection() + "/scans/scan-1/cancel"),
        404,
        "not_found");
    assertThat(runs.run(run.key()).orElseThrow().state()).isEqualTo(Run.State.RUNNING);
  }

  private Answer cancel(ScanKey key) {
    return api.post(path(key));
  }

  private static String path(ScanKey key) {
    return "/connections/" + key.connection() + "/scans/" + key.scan() + "/cancel";
  }
}
