package io.cloudoperator.dispatch;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.dispatch.StartRun.Started;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.runtime.ApiResponse;
import io.cloudoperator.runtime.Body;
import io.cloudoperator.runtime.Request;
import io.cloudoperator.scan.RegionChoice;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** {@code POST /connections/{connectionId}/scans}. */
final class StartScanRoute {
  static final String ROUTE = "POST /connections/{connectionId}/scans";

  private static final String KEY_HEADER = "Idempotency-Key";
  private static final Pattern KEY_FORM = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private final ConnectionStore connections;
  private final StartRun starting;
  private final InstantSource clock;

  StartScanRoute(ConnectionStore connections, StartRun starting, InstantSource clock) {
    this.connections = connections;
    this.starting = starting;
    this.clock = clock;
  }

  record Scan(ScanId scanId, Run.State status, Map<String, String> links) {}

  /** Which regions are to be read: all, unless one of these lists names some. */
  record Regions(Optional<List<String>> regions, Optional<List<String>> excludeRegions) {
    RegionChoice choice() {
      if (regions.isPresent() && excludeRegions.isPresent()) {
        throw new ProblemException(
            Problem.field(
                "excludeRegions", "Name the regions that are read, or those that are left out."));
      }
      return regions
          .map(names -> chosen("regions", names, RegionChoice::only))
          .or(() ->
              excludeRegions.map(names -> chosen("excludeRegions", names, RegionChoice::except)))
          .orElse(RegionChoice.ALL);
    }

    private static RegionChoice chosen(
        String field, List<String> names, Function<List<RegionName>, RegionChoice> choice) {
      if (names.size() > RegionChoice.MOST) {
        throw new ProblemException(
            Problem.field(field, "It may have %d elements at most.".formatted(RegionChoice.MOST)));
      }
      List<RegionName> regions = new ArrayList<>();
      for (String name : names) {
        regions.add(Body.field("%s[%d]".formatted(field, regions.size()), name, RegionName::new));
      }
      return Body.field(field, "", _ -> choice.apply(regions));
    }
  }

  ApiResponse start(Request request, Optional<Regions> asked) {
    RegionChoice choice = asked.map(Regions::choice).orElse(RegionChoice.ALL);
    Optional<String> key = request.header(KEY_HEADER);
    if (key.isPresent() && !KEY_FORM.matcher(key.get()).matches()) {
      throw new ProblemException(
          Problem.field(KEY_HEADER, "It is 1 to 128 visible ASCII characters, without a space."));
    }
    ConnectionId id = request.connection();
    Connection connection =
        connections
            .find(request.tenant(), id, clock.instant())
            .orElseThrow(() -> new ProblemException(Problem.notFound("connection")));
    if (!connection.status().connected()) {
      throw new ProblemException(notActive(connection.status()));
    }
    return switch (starting.start(connection, Run.Trigger.ON_DEMAND, choice, key)) {
      case Started.Running(var scan) -> reply(202, id, scan, Run.State.RUNNING);
      case Started.Repeated(var scan, var state) ->
          reply(state == Run.State.RUNNING ? 202 : 200, id, scan, state);
      case Started.OtherRegions() ->
          throw new ProblemException(
              Problem.field(
                  KEY_HEADER,
                  "It began a scan of other regions in the last 24 hours; send another."));
      case Started.AlreadyRunning(var scan) ->
          throw new ProblemException(
              Problem.of(
                      ProblemCode.SCAN_RUNNING,
                      "This connection is being scanned; see how far it is, or wait for its end.")
                  .with("scanId", scan)
                  .with("links", links(id, scan)));
      case Started.NotActive() -> throw new ProblemException(notActive(ConnectionStatus.ACTIVE));
      case Started.Failed() ->
          throw new ProblemException(
              ProblemCode.NOT_STARTED,
              "The state machine could not be started. Try again in a minute, with the"
                  + " same Idempotency-Key if you sent one.");
    };
  }

  private static Problem notActive(ConnectionStatus status) {
    return switch (status) {
      case PENDING ->
          Problem.of(
              ProblemCode.CONNECTION_NOT_ACTIVE,
              "Its role has not been proven yet: PUT /connections/{id}/role first.");
      case DISCONNECTED ->
          Problem.of(
              ProblemCode.CONNECTION_DISCONNECTED,
              "Its role reference is deleted; make a new connection.");
      case ACTIVE, REVOKED, QUARANTINED ->
          Problem.of(
              ProblemCode.CHANGED_MEANWHILE, "It changed while the scan was started; try again.");
    };
  }

  private static ApiResponse reply(
      int status, ConnectionId connection, ScanId scan, Run.State state) {
    Map<String, String> links = links(connection, scan);
    return ApiResponse.json(status, new Scan(scan, state, links))
        .with("location", links.getOrDefault("self", ""));
  }

  private static Map<String, String> links(ConnectionId connection, ScanId scan) {
    String home = "/connections/" + connection;
    return Map.of(
        "self", home + "/scans/" + scan, "connection", home, "history", home + "/history");
  }
}
