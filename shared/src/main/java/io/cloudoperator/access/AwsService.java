package io.cloudoperator.access;

import io.cloudoperator.scan.RegionName;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** An AWS service that the manifest calls, and how its requests are formed. */
enum AwsService {
  STS("sts", "2011-06-15", Form.QUERY),
  EC2("ec2", "2016-11-15", Form.QUERY),
  S3("s3", "2006-03-01", Form.REST_XML),
  /** REST, HTTP and WebSocket APIs: both versions of its API are one service, on one host. */
  APIGATEWAY("apigateway", "2015-07-09", Form.REST_JSON),
  LAMBDA("lambda", "2015-03-31", Form.REST_JSON),
  APPSYNC("appsync", "2017-07-25", Form.REST_JSON),
  ELASTICLOADBALANCING("elasticloadbalancing", "2015-12-01", Form.QUERY),
  /** Has no regions: only {@link #home} can be asked. */
  CLOUDFRONT("cloudfront", "2020-05-31", Form.REST_XML);

  /**
   * Where CloudFront is in a partition: how the SDK names it, and the region that its requests are
   * signed for. GovCloud has none.
   *
   * @see <a href="https://docs.aws.amazon.com/general/latest/gr/cf_region.html">Its endpoints</a>
   */
  private static final Map<String, Home> HOMES =
      Map.of(
          "aws",
          new Home(Region.AWS_GLOBAL, new RegionName("us-east-1")),
          "aws-cn",
          new Home(Region.AWS_CN_GLOBAL, new RegionName("cn-northwest-1")));

  /** The service's name in endpoints, in signatures, in the ledger and in CloudTrail. */
  final String id;

  final String apiVersion;
  final Form form;

  AwsService(String id, String apiVersion, Form form) {
    this.id = id;
    this.apiVersion = apiVersion;
    this.form = form;
  }

  private record Home(Region endpoint, RegionName signed) {}

  /**
   * Where CloudFront is asked from this region.
   *
   * @return the region that its requests are signed for, and recorded in by CloudTrail; empty if
   *     this region's partition has no CloudFront
   */
  static Optional<RegionName> home(RegionName region) {
    return partitionsHome(Region.of(region.value())).map(Home::signed);
  }

  /** The name by which the SDK knows the endpoint for this region. */
  Region endpoint(Region region) {
    return this == CLOUDFRONT ? partitionsHome(region).map(Home::endpoint).orElse(region) : region;
  }

  private static Optional<Home> partitionsHome(Region region) {
    return Optional.ofNullable(HOMES.get(PartitionMetadata.of(region).id()));
  }

  /** Where an operation and its parameters stand in a request. */
  enum Form {
    /** POST, all in a form: AWS Query and EC2 Query, which differ in their answers only. */
    QUERY,
    /** GET on the operation's path; answered in XML. */
    REST_XML,
    /** GET on the operation's path; answered in JSON. */
    REST_JSON
  }
}
