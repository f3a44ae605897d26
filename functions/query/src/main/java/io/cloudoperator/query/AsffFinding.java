package io.cloudoperator.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cloudoperator.scan.FlagHistory;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * A risk flag in the AWS Security Finding Format, ready for BatchImportFindings in the region of
 * the setting FINDINGS_REGION. Its Id stays the same from scan to scan, so that Security Hub
 * updates it rather than adding another; what is resolved is told once, as passed and archived.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html">Required
 *     top-level ASFF attributes</a>
 */
record AsffFinding(
    @JsonProperty("SchemaVersion") String schemaVersion,
    @JsonProperty("Id") String id,
    @JsonProperty("ProductArn") String productArn,
    @JsonProperty("ProductName") String productName,
    @JsonProperty("CompanyName") String companyName,
    @JsonProperty("GeneratorId") String generatorId,
    @JsonProperty("AwsAccountId") String awsAccountId,
    @JsonProperty("Types") List<String> types,
    @JsonProperty("CreatedAt") Instant createdAt,
    @JsonProperty("UpdatedAt") Instant updatedAt,
    @JsonProperty("Severity") Severity severity,
    @JsonProperty("Title") String title,
    @JsonProperty("Description") String description,
    @JsonProperty("Remediation") Remediation remediation,
    @JsonProperty("ProductFields") Map<String, String> productFields,
    @JsonProperty("Resources") List<Resource> resources,
    @JsonProperty("Compliance") Compliance compliance,
    @JsonProperty("Workflow") Workflow workflow,
    @JsonProperty("RecordState") String recordState) {
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
    String partition = PartitionMetadata.of(Region.of(region)).id();
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

  record Severity(@JsonProperty("Label") String label) {}

  record Remediation(@JsonProperty("Recommendation") Recommendation recommendation) {}

  record Recommendation(@JsonProperty("Text") String text) {}

  record Resource(
      @JsonProperty("Type") String type,
      @JsonProperty("Id") String id,
      @JsonProperty("Partition") String partition,
      @JsonProperty("Region") String region) {}

  record Compliance(@JsonProperty("Status") String status) {}

  record Workflow(@JsonProperty("Status") String status) {}
}
