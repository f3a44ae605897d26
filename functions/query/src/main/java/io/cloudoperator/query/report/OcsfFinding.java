package io.cloudoperator.query.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.cloudoperator.query.html.PackagedFiles;
import io.cloudoperator.scan.FlagHistory;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Snapshot;
import java.util.List;

/**
 * A risk flag as OCSF's Compliance Finding: one flag is one finding on the account. Its uid stays
 * the same from scan to scan, so that a receiver updates it rather than adding another; what is
 * resolved is closed once.
 *
 * @param time milliseconds since 1970
 * @see <a href="https://schema.ocsf.io/1.8.0/classes/compliance_finding">Compliance Finding</a>
 * @see <a href="https://github.com/ocsf/ocsf-schema/blob/main/events/findings/finding.json">the ids
 *     of activity and status</a>
 * @see <a href="https://github.com/ocsf/ocsf-schema/blob/main/objects/compliance.json">the ids of
 *     the compliance's status</a>
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record OcsfFinding(
    int classUid,
    String className,
    int categoryUid,
    String categoryName,
    int activityId,
    String activityName,
    int typeUid,
    int severityId,
    String severity,
    int statusId,
    String status,
    long time,
    String message,
    Metadata metadata,
    FindingInfo findingInfo,
    Compliance compliance,
    Remediation remediation,
    Cloud cloud,
    List<Resource> resources) {
  private static final String SCHEMA = "1.8.0";
  private static final int COMPLIANCE_FINDING = 2003;
  private static final int FINDINGS = 2;
  private static final int AWS_ACCOUNT = 10;

  /** One finding for each flag of a snapshot, and one for each that it resolves. */
  static List<OcsfFinding> of(Snapshot snapshot, FlagHistory history) {
    return history.flags().stream().map(entry -> of(snapshot, entry)).toList();
  }

  private static OcsfFinding of(Snapshot snapshot, FlagHistory.Entry entry) {
    RiskFlag flag = entry.flag();
    boolean resolved = entry.change() == FlagHistory.Change.RESOLVED;
    Id activity =
        switch (entry.change()) {
          case NEW -> new Id(1, "Create");
          case STAYS -> new Id(2, "Update");
          case RESOLVED -> new Id(3, "Close");
        };
    Id severity =
        switch (flag.severity()) {
          case LOW -> new Id(2, "Low");
          case MEDIUM -> new Id(3, "Medium");
          case HIGH -> new Id(4, "High");
        };
    Id status = resolved ? new Id(4, "Resolved") : new Id(1, "New");
    Id compliance = resolved ? new Id(1, "Pass") : new Id(3, "Fail");
    String kind = flag.kind().code();
    String account = snapshot.account().value();
    long time = snapshot.finishedAt().toEpochMilli();
    return new OcsfFinding(
        COMPLIANCE_FINDING,
        "Compliance Finding",
        FINDINGS,
        "Findings",
        activity.id,
        activity.caption,
        COMPLIANCE_FINDING * 100 + activity.id,
        severity.id,
        severity.caption,
        status.id,
        status.caption,
        time,
        flag.title(),
        new Metadata(
            SCHEMA,
            new Product("CloudOperator", "CloudOperator", PackagedFiles.VERSION),
            List.of("cloud"),
            snapshot.key().scan().value()),
        new FindingInfo(
            snapshot.key().connection() + "/" + kind,
            flag.title(),
            flag.why(),
            entry.firstSeen().toEpochMilli(),
            entry.firstSeen().toEpochMilli(),
            time,
            List.of("Risk flag")),
        new Compliance(
            kind,
            List.of("CloudOperator risk flags"),
            compliance.id,
            compliance.caption,
            resolved ? "0, looked for again" : "%d %s".formatted(flag.count(), flag.where())),
        new Remediation(flag.remedy()),
        new Cloud("AWS", new Account(account, "AWS Account", AWS_ACCOUNT)),
        List.of(new Resource("AWS::::Account:" + account, "AwsAccount")));
  }

  /** A value of an enumeration of the schema, and its caption there. */
  private record Id(int id, String caption) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Metadata(String version, Product product, List<String> profiles, String correlationUid) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Product(String name, String vendorName, String version) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record FindingInfo(
      String uid,
      String title,
      String desc,
      long createdTime,
      long firstSeenTime,
      long modifiedTime,
      List<String> types) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Compliance(
      String control, List<String> standards, int statusId, String status, String statusDetail) {}

  record Remediation(String desc) {}

  record Cloud(String provider, Account account) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Account(String uid, String type, int typeId) {}

  record Resource(String uid, String type) {}
}
