package io.cloudoperator.query;

import io.cloudoperator.json.Json;
import io.cloudoperator.scan.Snapshot;

/** The forms in which a snapshot can be taken away. */
enum ReportFormat {
  JSON("application/json", ".json", "attachment") {
    @Override
    String body(String connectionName, Snapshot snapshot, Findings findings) {
      return Json.write(SnapshotView.whole(snapshot));
    }
  },
  CSV("text/csv; charset=utf-8; header=present", ".csv", "attachment") {
    @Override
    String body(String connectionName, Snapshot snapshot, Findings findings) {
      return CsvReport.write(snapshot);
    }
  },
  HTML("text/html; charset=utf-8", ".html", "inline") {
    @Override
    String body(String connectionName, Snapshot snapshot, Findings findings) {
      return HtmlReport.write(connectionName, snapshot);
    }
  },
  OCSF("application/json", ".ocsf.json", "attachment") {
    @Override
    String body(String connectionName, Snapshot snapshot, Findings findings) {
      return Json.write(OcsfFinding.of(snapshot, findings.history(snapshot)));
    }
  },
  ASFF("application/json", ".asff.json", "attachment") {
    @Override
    String body(String connectionName, Snapshot snapshot, Findings findings) {
      return Json.write(AsffFinding.of(snapshot, findings.history(snapshot), findings.region()));
    }
  };

  private final String contentType;
  private final String extension;
  private final String disposition;

  ReportFormat(String contentType, String extension, String disposition) {
    this.contentType = contentType;
    this.extension = extension;
    this.disposition = disposition;
  }

  /**
   * The report as text.
   *
   * @param findings what reports that are lists of findings need to know besides
   */
  abstract String body(String connectionName, Snapshot snapshot, Findings findings);

  /** Of {@link #body}. */
  String contentType() {
    return contentType;
  }

  /** The value of the header that gives the report its file name. */
  String contentDisposition(Snapshot snapshot) {
    return "%s; filename=\"cloudoperator-%s%s\""
        .formatted(disposition, snapshot.key().scan(), extension);
  }

  /**
   * The format of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  static ReportFormat parse(String name) {
    return Words.parse(ReportFormat.class, name);
  }
}
