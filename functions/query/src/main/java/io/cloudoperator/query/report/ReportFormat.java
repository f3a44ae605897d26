package io.cloudoperator.query.report;

import io.cloudoperator.json.Json;
import io.cloudoperator.query.html.HtmlPage;
import io.cloudoperator.query.html.SecurityHeaders;
import io.cloudoperator.runtime.ApiResponse;
import java.util.function.Function;

/**
 * The forms in which a snapshot can be taken away: each is a line here and a class that writes it.
 */
public enum ReportFormat {
  JSON(
      "application/json",
      ".json",
      "attachment",
      report -> Json.write(SnapshotView.whole(report.snapshot()))),
  CSV(Csv.CONTENT_TYPE, ".csv", "attachment", report -> CsvReport.write(report.snapshot())),
  HTML(
      HtmlPage.CONTENT_TYPE,
      ".html",
      "inline",
      report -> HtmlReport.write(report.connectionName(), report.snapshot(), report.kept().get())),
  OCSF(
      "application/json",
      ".ocsf.json",
      "attachment",
      report -> Json.write(OcsfFinding.of(report.snapshot(), report.history()))),
  ASFF(
      "application/json",
      ".asff.json",
      "attachment",
      report ->
          Json.write(AsffFinding.of(report.snapshot(), report.history(), report.findingsRegion())));

  private final String contentType;
  private final String extension;
  private final String disposition;

  // Functions of their argument alone.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<ReportInput, String> write;

  ReportFormat(
      String contentType,
      String extension,
      String disposition,
      Function<ReportInput, String> write) {
    this.contentType = contentType;
    this.extension = extension;
    this.disposition = disposition;
    this.write = write;
  }

  public String contentType() {
    return contentType;
  }

  /** The report, under a file name of its own. */
  public ApiResponse reply(ReportInput report) {
    return ApiResponse.text(200, contentType, write.apply(report))
        .with(
            "content-disposition",
            "%s; filename=\"cloudoperator-%s%s\""
                .formatted(disposition, report.snapshot().key().scan(), extension))
        .with(SecurityHeaders.with(HtmlPage.CONTENT_SECURITY_POLICY));
  }
}
