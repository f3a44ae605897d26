package io.cloudoperator.query.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.cloudoperator.aws.Partitions;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.scan.FlagHistory;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A risk flag in the AWS Security Finding Format, ready for BatchImportFindings in the region of
 * the setting FINDINGS_REGION. Its Id stays the same from scan to scan, so that Security Hub
 * updates it rather than adding another; what is resolved is told once, as passed and archived.
 * {@code Workflow} counts when a finding is imported for the first time; later it is the
 * customer's.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html">Required
 *     top-level ASFF attributes</a>
 * @see <a href="https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Workflow.html">the
 *     words of Workflow.Status</a>
 * @see <a href="https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Compliance.html">the
 *     words of Compliance.Status</a>
 */
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record AsffFinding(
    String schemaVersion,
    String id,
    String productArn,
    String productName,
    String companyName,
    String generatorId,
    String awsAccountId,
    List<String> types,
    Instant createdAt,
    Instant updatedAt,
    Severity severity,
    String title,
    String description,
    Remediation remediation,
    Map<String, String> productFields,
    List<Resource> resources,
    Compliance compliance,
    Workflow workflow,
    String recordState) {
  private static final String SCHEMA = "2018-10-08";
  // https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
  static final int LONGEST_TITLE = 256;
  static final int LONGEST_DESCRIPTION = 1024;
  static final int LONGEST_REMEDY = 512;

  /**
   * One finding for each flag of a snapshot, and one for each that it resolves.
   *
   * @param region whose Security Hub takes them
   */
  static List<AsffFinding> of(Snapshot snapshot, FlagHistory history, String region) {
    return history.flags().stream().map(entry -> of(snapshot, entry, region)).toList();
  }

  private static AsffFinding of(Snapshot snapshot, FlagHistory.Entry entry, String region) {
    RiskFlag flag = entry.flag();
    boolean resolved = entry.change() == FlagHistory.Change.RESOLVED;
    String partition = Partitions.of(new RegionName(region)).id();
    String kind = flag.kind().code();
    String account = snapshot.account().value();
    return new AsffFinding(
        SCHEMA,
        "cloudoperator/%s/%s".formatted(snapshot.key().connection(), kind),
        "arn:%s:securityhub:%s:%s:product/%s/default"
            .formatted(partition, region, account, account),
        "CloudOperator",
        "CloudOperator",
        "cloudoperator/" + kind,
        account,
        List.of("Software and Configuration Checks/AWS Security Best Practices"),
        entry.firstSeen(),
        snapshot.finishedAt(),
        new Severity(flag.severity().name()),
        cut(flag.title(), LONGEST_TITLE),
        cut(flag.why(), LONGEST_DESCRIPTION),
        new Remediation(new Recommendation(cut(flag.remedy(), LONGEST_REMEDY))),
        new TreeMap<>(
            Map.of(
                "cloudoperator/scan",
                snapshot.key().scan().value(),
                "cloudoperator/count",
                resolved ? "0" : String.valueOf(flag.count()),
                "cloudoperator/regions",
                String.join(",", flag.places()))),
        List.of(new Resource("AwsAccount", "AWS::::Account:" + account, partition, region)),
        new Compliance(resolved ? "PASSED" : "FAILED"),
        new Workflow(resolved ? "RESOLVED" : "NEW"),
        resolved ? "ARCHIVED" : "ACTIVE");
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }

  @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
  record Severity(String label) {}

  @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
  record Remediation(Recommendation recommendation) {}

  @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
  record Recommendation(String text) {}

  @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
  record Resource(String type, String id, String partition, String region) {}

  @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
  record Compliance(String status) {}

  @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
  record Workflow(String status) {}
}
