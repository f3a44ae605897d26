package io.cloudoperator.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.local.client.ApiException;
import io.cloudoperator.local.client.ScanResult;
import io.cloudoperator.local.console.ScanReport;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.Coverage;
import java.util.Comparator;
import java.util.List;

/** Shows a snapshot, and concludes the exit code from its coverage. */
record SnapshotOutput(Terminal terminal, boolean json, boolean quiet) {
  /** The exit code: whether everything was read. */
  int show(JsonNode answer) throws ApiException {
    return show(answer, List.of());
  }

  /**
   * The same beside what other scans have found.
   *
   * @param kept the scans that are kept, with their regions
   */
  int show(JsonNode answer, List<ScanResult> kept) throws ApiException {
    ScanResult snapshot = ScanResult.read(answer);
    if (json) {
      terminal.out().println(answer);
    } else if (!quiet) {
      terminal.print(ScanReport.of(snapshot, kept, terminal.style(), terminal.width()));
    }
    if (answer.path("coverage").path("whole").asBoolean()) {
      return ExitCode.DONE;
    }
    terminal.err().println("cloudoperator: partial coverage: " + missing(snapshot));
    return ExitCode.PARTIAL_COVERAGE;
  }

  private static final Comparator<ApiSummary.UnreadSource> WHOLE_FIRST =
      Comparator.comparing(source -> source.items().isPresent());

  private static String missing(ScanResult snapshot) {
    if (!snapshot.coverage().whole()) {
      return missing(snapshot.coverage());
    }
    return snapshot
        .apis()
        .flatMap(apis -> apis.unread().stream().min(WHOLE_FIRST).map(first -> missing(apis, first)))
        .orElse("the account's trail, or our own role, could not be checked.");
  }

  private static String missing(ApiSummary apis, ApiSummary.UnreadSource first) {
    if (apis.sourcesUnread() == 0) {
      return "%d of what %d services in regions listed could not be read; the first, %s of the %s in %s, because %s (%s)."
          .formatted(
              apis.unread().stream().mapToLong(ApiSummary.UnreadSource::unreadItems).sum(),
              apis.unread().stream()
                  .map(source -> source.region() + source.service())
                  .distinct()
                  .count(),
              first.items().map(List::getFirst).orElse(""),
              first.service().replace('_', ' '),
              first.region(),
              first
                  .left()
                  .map(_ -> "there are more than one scan reads: the next goes on")
                  .orElseGet(() -> ScanReport.explained(first.reason())),
              first.code());
    }
    return "%d of %d services in regions could not be asked for APIs; the first, %s in %s, because %s (%s)."
        .formatted(
            apis.sourcesUnread(),
            apis.sourcesUnread() + apis.sourcesRead(),
            first.service().replace('_', ' '),
            first.region(),
            ScanReport.explained(first.reason()),
            first.code());
  }

  private static String missing(Coverage coverage) {
    if (coverage.unread().isEmpty()) {
      return "the bucket list could not be read.";
    }
    Coverage.UnreadRegion first = coverage.unread().getFirst();
    String because = ScanReport.explained(first.reason()) + " (" + first.code() + ").";
    int more = coverage.unread().size() - 1;
    return more == 0
        ? first.region() + " could not be read: " + because
        : "%s and %d more of %d regions could not be read; the first because %s"
            .formatted(first.region(), more, coverage.chosen(), because);
  }
}
