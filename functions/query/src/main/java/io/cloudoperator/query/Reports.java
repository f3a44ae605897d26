package io.cloudoperator.query;

import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.runtime.Reply;
import io.cloudoperator.scan.Snapshot;

/** Answers with a report, or with why there is none. */
final class Reports {
  private Reports() {}

  /**
   * The report of a scan.
   *
   * @throws ProblemException 409 if the scan has no result, or none yet; 410 if its result is not
   *     kept any more
   */
  static Reply of(ReportFormat format, String connectionName, ScanView scan, Findings findings) {
    return switch (scan) {
      case ScanView.Concluded concluded ->
          reply(format, connectionName, concluded.result(), findings);
      case ScanView.Running _ ->
          throw new ProblemException(
              Problem.of(
                      409,
                      ProblemCode.SCAN_RUNNING,
                      "The scan has not ended",
                      "There is no report before the scan has ended.")
                  .with("retryable", true));
      case ScanView.Failed failed ->
          throw noResult("The scan failed: " + failed.failure().message());
      case ScanView.TimedOut timedOut -> throw noResult(timedOut.detail());
      case ScanView.NoLongerKept displaced ->
          throw new ProblemException(
              Problem.of(
                  410,
                  ProblemCode.SNAPSHOT_GONE,
                  "The snapshot is no longer kept",
                  displaced.detail()));
    };
  }

  private static ProblemException noResult(String detail) {
    return new ProblemException(
        Problem.of(409, ProblemCode.SCAN_WITHOUT_RESULT, "The scan has no result", detail));
  }

  private static Reply reply(
      ReportFormat format, String connectionName, Snapshot snapshot, Findings findings) {
    return Reply.text(200, format.contentType(), format.body(connectionName, snapshot, findings))
        .with("content-disposition", format.contentDisposition(snapshot))
        .with("content-security-policy", HtmlPage.CONTENT_SECURITY_POLICY)
        .with("referrer-policy", "no-referrer");
  }
}
