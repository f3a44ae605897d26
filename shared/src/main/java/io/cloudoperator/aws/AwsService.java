package io.cloudoperator.aws;

import io.cloudoperator.connection.RegionName;
import java.util.Optional;
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

  /**
   * Where a service without regions is asked from this region.
   *
   * @return the region that its requests are signed for, and recorded in by CloudTrail; empty if
   *     this region's partition does not have the service
   */
  public Optional<RegionName> home(RegionName region) {
    return global(region).map(Partitions.Global::signed);
  }

  /** The name by which the SDK knows the endpoint for this region. */
  public Region endpoint(Region region) {
    return global(new RegionName(region.id())).map(Partitions.Global::endpoint).orElse(region);
  }

  private Optional<Partitions.Global> global(RegionName region) {
    return switch (this) {
      case CLOUDFRONT, IAM -> Partitions.global(id, Partitions.of(region));
      case STS, EC2, S3, APIGATEWAY, LAMBDA, APPSYNC, ELASTICLOADBALANCING, CLOUDTRAIL ->
          Optional.empty();
    };
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
