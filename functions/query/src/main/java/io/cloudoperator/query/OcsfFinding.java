package io.cloudoperator.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cloudoperator.metric.Severity;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Snapshot;
import java.util.List;

/**
 * A risk flag as OCSF's Compliance Finding: one flag is one finding on the account. Its uid stays
 * the same from scan to scan, so that a receiver updates it rather than adding another.
 *
 * @param time milliseconds since 1970
 * @see <a href="https://schema.ocsf.io/1.8.0/classes/compliance_finding">Compliance Finding</a>
 */
record OcsfFinding(
    @JsonProperty("class_uid") int classUid,
    @JsonProperty("class_name") String className,
    @JsonProperty("category_uid") int categoryUid,
    @JsonProperty("category_name") String categoryName,
    @JsonProperty("activity_id") int activityId,
    @JsonProperty("activity_name") String activityName,
    @JsonProperty("type_uid") int typeUid,
    @JsonProperty("severity_id") int severityId,
    String severity,
    @JsonProperty("status_id") int statusId,
    String status,
    long time,
    String message,
    Metadata metadata,
    @JsonProperty("finding_info") FindingInfo findingInfo,
    Compliance compliance,
    Remediation remediation,
    Cloud cloud,
    List<Resource> resources) {
  private static final String SCHEMA = "1.8.0";
  private static final int COMPLIANCE_FINDING = 2003;
  private static final int FINDINGS = 2;
  private static final int CREATE = 1;
  private static final int NEW = 1;
  private static final int FAIL = 3;
  private static final int AWS_ACCOUNT = 10;

  /** One finding for each flag of a snapshot. */
  static List<OcsfFinding> of(Snapshot snapshot) {
    return snapshot.flags().stream().map(flag -> of(snapshot, flag)).toList();
  }

  private static OcsfFinding of(Snapshot snapshot, RiskFlag flag) {
    String kind = flag.kind().code();
    String account = snapshot.account().value();
    long time = snapshot.finishedAt().toEpochMilli();
    return new OcsfFinding(
        COMPLIANCE_FINDING,
        "Compliance Finding",
        FINDINGS,
        "Findings",
        CREATE,
        "Create",
        COMPLIANCE_FINDING * 100 + CREATE,
        severityId(flag.severity()),
        severityName(flag.severity()),
        NEW,
        "New",
        time,
        flag.title(),
        new Metadata(
            SCHEMA,
            new Product("CloudOperator", "CloudOperator", PublicPages.VERSION),
            List.of("cloud"),
            snapshot.key().scan().value()),
        new FindingInfo(
            snapshot.key().connection() + "/" + kind,
            flag.title(),
            flag.why(),
            time,
            List.of("Risk flag")),
        new Compliance(
            kind,
            List.of("CloudOperator risk flags"),
            FAIL,
            "Fail",
            "%d %s".formatted(flag.count(), flag.where())),
        new Remediation(flag.remedy()),
        new Cloud("AWS", new Account(account, "AWS Account", AWS_ACCOUNT)),
        List.of(new Resource("AWS::::Account:" + account, "AwsAccount")));
  }

  private static int severityId(Severity severity) {
    return switch (severity) {
      case HIGH -> 4;
      case MEDIUM -> 3;
      case LOW -> 2;
    };
  }

  private static String severityName(Severity severity) {
    return switch (severity) {
      case HIGH -> "High";
      case MEDIUM -> "Medium";
      case LOW -> "Low";
    };
  }

  record Metadata(
      String version,
      Product product,
      List<String> profiles,
      @JsonProperty("correlation_uid") String correlationUid) {}

  record Product(String name, @JsonProperty("vendor_name") String vendorName, String version) {}

  record FindingInfo(
      String uid,
      String title,
      String desc,
      @JsonProperty("created_time") long createdTime,
      List<String> types) {}

  record Compliance(
      String control,
      List<String> standards,
      @JsonProperty("status_id") int statusId,
      String status,
      @JsonProperty("status_detail") String statusDetail) {}

  record Remediation(String desc) {}

  record Cloud(String provider, Account account) {}

  record Account(String uid, String type, @JsonProperty("type_id") int typeId) {}

  record Resource(String uid, String type) {}
}
