package io.cloudoperator.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A risk flag in the AWS Security Finding Format, ready for BatchImportFindings in the partition's
 * first region. Its Id stays the same from scan to scan, so that Security Hub updates it rather
 * than adding another.
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
    @JsonProperty("Compliance") Compliance compliance) {
  private static final String SCHEMA = "2018-10-08";
  // https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
  static final int LONGEST_TITLE = 256;
  static final int LONGEST_DESCRIPTION = 1024;
  static final int LONGEST_REMEDY = 512;

  /** One finding for each flag of a snapshot. */
  static List<AsffFinding> of(Snapshot snapshot) {
    Home home = Home.of(snapshot.regions());
    return snapshot.flags().stream().map(flag -> of(snapshot, flag, home)).toList();
  }

  private static AsffFinding of(Snapshot snapshot, RiskFlag flag, Home home) {
    String kind = flag.kind().code();
    String account = snapshot.account().value();
    return new AsffFinding(
        SCHEMA,
        "cloudoperator/%s/%s".formatted(snapshot.key().connection(), kind),
        "arn:%s:securityhub:%s:%s:product/%s/default"
            .formatted(home.partition, home.region, account, account),
        "CloudOperator",
        "CloudOperator",
        "cloudoperator/" + kind,
        account,
        List.of("Software and Configuration Checks/AWS Security Best Practices"),
        snapshot.finishedAt(),
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
                String.valueOf(flag.count()),
                "cloudoperator/regions",
                String.join(",", flag.places()))),
        List.of(
            new Resource("AwsAccount", "AWS::::Account:" + account, home.partition, home.region)),
        new Compliance("FAILED"));
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }

  /** Where Security Hub takes the findings of a partition's accounts. */
  private enum Home {
    AWS("aws", "us-east-1"),
    AWS_CN("aws-cn", "cn-north-1"),
    AWS_US_GOV("aws-us-gov", "us-gov-west-1");

    private final String partition;
    private final String region;

    Home(String partition, String region) {
      this.partition = partition;
      this.region = region;
    }

    static Home of(List<RegionOutcome> regions) {
      if (regions.stream().anyMatch(outcome -> outcome.region().value().startsWith("cn-"))) {
        return AWS_CN;
      }
      return regions.stream().anyMatch(outcome -> outcome.region().value().startsWith("us-gov-"))
          ? AWS_US_GOV
          : AWS;
    }
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
}
