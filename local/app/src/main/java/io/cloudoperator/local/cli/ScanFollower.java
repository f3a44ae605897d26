package io.cloudoperator.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.local.client.ApiClient;
import io.cloudoperator.local.console.ProgressBar;

/** Follows a scan to its end over the HTTP API. */
final class ScanFollower {
  private ScanFollower() {}

  /** Waits before the scan is asked for again. */
  interface Pause {
    void pause() throws InterruptedException;
  }

  /**
   * The snapshot of a scan, once there is one.
   *
   * @param scan the path of the scan
   * @param regions that were asked for: they may be why it ends without one
   * @throws CommandException if it ends without one
   */
  static JsonNode follow(
      ApiClient api, String scan, RegionOptions regions, ProgressBar bar, Pause pause)
      throws Exception {
    while (true) {
      pause.pause();
      JsonNode state = api.get(scan);
      int done = state.path("progress").path("regionsDone").asInt();
      int total = state.path("progress").path("regionsTotal").asInt();
      switch (state.path("status").asText()) {
        case "running" -> bar.show(done, total);
        case "concluded" -> {
          JsonNode snapshot = state.path("snapshot");
          bar.end(
              snapshot.path("coverage").path("complete").asInt(), snapshot.path("regions").size());
          return snapshot;
        }
        case "cancelled" -> {
          bar.end();
          throw new CommandException("the scan was cancelled.");
        }
        default -> {
          bar.end();
          JsonNode failure = state.path("failure");
          throw regions.failure(
              failure.path("code").asText(),
              failure.path("message").asText("the scan took longer than it may"));
        }
      }
    }
  }
}
