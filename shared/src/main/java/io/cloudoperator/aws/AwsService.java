package io.cloudoperator.aws;

import io.cloudoperator.connection.RegionName;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** An AWS service that the manifest calls, and how its requests are formed. */
public enum AwsService {
  STS("sts", "2011-06-15", Form.QUERY),
  EC2("ec2", "2016-11-15", Form.QUERY),
  S3("s3", "2006-03-01", Form.REST_XML),
  /** REST, HTTP and WebSocket APIs: both versions of its API are one service, on one host. */
  APIGATEWAY("apigateway", "2015-07-09", Form.REST_JSON),
  LAMBDA("lambda", "2015-03-31", Form.REST_JSON),
  APPSYNC("appsync", "2017-07-25", Form.REST_JSON),
  ELASTICLOADBALANCING("elasticloadbalancing", "2015-12-01", Form.QUERY),
  /** Has no regions: only {@link #home} can be asked. */
  CLOUDFRONT("cloudfront", "2020-05-31", Form.REST_XML),
  CLOUDTRAIL("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101", Form.JSON),
  /** Has no regions: only {@link #home} can be asked. */
  IAM("iam", "2010-05-08", Form.QUERY);

  /**
   * Where a service without regions is in a partition: how the SDK names it, and the region that
   * its requests are signed for. GovCloud has no CloudFront.
   *
   * @see <a href="https://docs.aws.amazon.com/general/latest/gr/cf_region.html">CloudFront</a>
   * @see <a href="https://docs.aws.amazon.com/general/latest/gr/iam-service.html">IAM</a>
   */
  private static final Map<AwsService, Map<String, Home>> HOMES =
      Map.of(
          CLOUDFRONT,
          Map.of(
              "aws",
              new Home(Region.AWS_GLOBAL, new RegionName("us-east-1")),
              "aws-cn",
              new Home(Region.AWS_CN_GLOBAL, new RegionName("cn-northwest-1"))),
          IAM,
          Map.of(
              "aws",
              new Home(Region.AWS_GLOBAL, new RegionName("us-east-1")),
              "aws-cn",
              new Home(Region.AWS_CN_GLOBAL, new RegionName("cn-north-1")),
              "aws-us-gov",
              new Home(Region.AWS_US_GOV_GLOBAL, new RegionName("us-gov-west-1"))));

  /** The service's name in endpoints, in signatures, in the ledger and in CloudTrail. */
  public final String id;

  /** Of {@link Form#JSON} what stands before the operation in its header. */
  public final String apiVersion;

  public final Form form;

  AwsService(String id, String apiVersion, Form form) {
    this.id = id;
    this.apiVersion = apiVersion;
    this.form = form;
  }

  private record Home(Region endpoint, RegionName signed) {}

  /**
   * Where a service without regions is asked from this region.
   *
   * @return the region that its requests are signed for, and recorded in by CloudTrail; empty if
   *     this region's partition does not have the service
   */
  public Optional<RegionName> home(RegionName region) {
    return partitionsHome(Region.of(region.value())).map(Home::signed);
  }

  /** The name by which the SDK knows the endpoint for this region. */
  public Region endpoint(Region region) {
    return partitionsHome(region).map(Home::endpoint).orElse(region);
  }

  private Optional<Home> partitionsHome(Region region) {
    return Optional.ofNullable(
        HOMES.getOrDefault(this, Map.of()).get(PartitionMetadata.of(region).id()));
  }

  /** Where an operation and its parameters stand in a request. */
  public enum Form {
    /** POST, all in a form: AWS Query and EC2 Query, which differ in their answers only. */
    QUERY,
    /** GET on the operation's path; answered in XML. */
    REST_XML,
    /** GET on the operation's path; answered in JSON. */
    REST_JSON,
    /** POST, a JSON object of the parameters; a header tells the operation. Answered in JSON. */
    JSON
  }
}
