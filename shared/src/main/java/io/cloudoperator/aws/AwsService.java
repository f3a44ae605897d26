package io.cloudoperator.aws;

import io.cloudoperator.connection.RegionName;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/**
 * An AWS service that is called in customers' accounts, how its requests are formed, and how much
 * of its quota we take. Each is declared in its own package of {@code service}.
 *
 * @param id its name in endpoints, in signatures, in the ledger and in CloudTrail
 * @param version of its API where requests name it: of the JSON protocol, what stands before the
 *     operation in its header
 * @param regional false if only its {@link #home} can be asked
 * @param signsPathAsIs whether a signature is made of the path as it is sent, as with S3
 * @param quota what is taken of the customer's
 */
public record AwsService(
    String id, Form form, String version, boolean regional, boolean signsPathAsIs, Quota quota) {
  // Half of EC2's bucket for non-mutating calls, 100 and 20 a second, by operation; STS and S3 have
  // larger ones.
  // https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
  private static final Quota DEFAULT = new Quota(true, 10, 50);

  /** Where an operation and its parameters stand in a request. */
  public enum Form {
    /** POST, all in a form: AWS Query and EC2 Query, which differ in their answers only. */
    QUERY,
    /** GET on the operation's path; answered in XML. */
    REST_XML,
    /** GET on the operation's path; answered in JSON. */
    REST_JSON,
    /** POST, a JSON object of the parameters; a header tells the operation. Answered in JSON. */
    JSON_1_1,
    /** As {@link #JSON_1_1}, for services such as SQS and DynamoDB. */
    JSON_1_0
  }

  /**
   * What is taken of a quota of a customer's account.
   *
   * @param byOperation whether each operation has its own, or all of the service share one
   */
  public record Quota(boolean byOperation, double perSecond, int burst) {}

  public static AwsService query(String id, String version) {
    return new AwsService(id, Form.QUERY, version, true, false, DEFAULT);
  }

  public static AwsService restXml(String id) {
    return new AwsService(id, Form.REST_XML, "", true, false, DEFAULT);
  }

  public static AwsService restJson(String id) {
    return new AwsService(id, Form.REST_JSON, "", true, false, DEFAULT);
  }

  /**
   * Of the JSON protocol whose operations are headers that begin with this.
   *
   * @param form one of the two versions, which AWS's model of the service names
   */
  // https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
  public static AwsService json(String id, Form form, String target) {
    return new AwsService(id, form, target, true, false, DEFAULT);
  }

  /** The same without regions. */
  public AwsService global() {
    return new AwsService(id, form, version, false, signsPathAsIs, quota);
  }

  /** The same, whose signatures are made of the path as it is sent. */
  public AwsService signingPathAsIs() {
    return new AwsService(id, form, version, regional, true, quota);
  }

  /** The same, all of whose operations share this. */
  public AwsService limited(double perSecond, int burst) {
    return with(new Quota(false, perSecond, burst));
  }

  /** The same, each of whose operations has this for itself. */
  public AwsService limitedByOperation(double perSecond, int burst) {
    return with(new Quota(true, perSecond, burst));
  }

  private AwsService with(Quota other) {
    return new AwsService(id, form, version, regional, signsPathAsIs, other);
  }

  /** The bucket that each call of an operation draws on. */
  RateLimit limit(String operation) {
    return new RateLimit(
        quota.byOperation ? id + ':' + operation : id, quota.perSecond, quota.burst);
  }

  /**
   * Where a service without regions is asked from this region.
   *
   * @return the region that its requests are signed for, and recorded in by CloudTrail; empty if
   *     this region's partition does not have the service, or the service has regions
   */
  public Optional<RegionName> home(RegionName region) {
    return endpointOfPartition(region).map(Partitions.Global::signed);
  }

  /** The name by which the SDK knows the endpoint for this region. */
  public Region endpoint(Region region) {
    return endpointOfPartition(new RegionName(region.id()))
        .map(Partitions.Global::endpoint)
        .orElse(region);
  }

  private Optional<Partitions.Global> endpointOfPartition(RegionName region) {
    return regional ? Optional.empty() : Partitions.global(id, Partitions.of(region));
  }
}
