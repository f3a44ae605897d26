package io.cloudoperator.aws;

import java.util.List;

/**
 * How much of each quota of a customer's account we take, by region: docs/decisions/015 says what
 * that leaves, and why.
 */
final class RateLimits {
  // Half of EC2's bucket for non-mutating calls, 100 and 20 a second, by operation; STS and S3 have
  // larger ones.
  // https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
  static final int BURST = 50;
  static final int PER_SECOND = 10;

  // Three quarters of 10 a second over all operations, and half of a burst of 40.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html#api-gateway-control-service-limits-table
  static final Limit API_GATEWAY = new Limit("apigateway", 7.5, 20);

  // Nine tenths of 5 in 2 seconds, and never 6 in any 2 seconds: there is no other way to read what
  // is in an API, and 500 of them have to be read in one scan.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html#api-gateway-control-service-limits-table
  static final Limit GET_RESOURCES = new Limit("apigateway:GetResources", 2.25, 1);

  // Half of 15 a second over all operations of the control plane together.
  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#api-requests
  static final Limit LAMBDA = new Limit("lambda", 7.5, 7);

  // Half of a burst of 40 and 10 a second, by operation.
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/load-balancer-api-throttling.html
  private static final int LOAD_BALANCING_BURST = 20;
  private static final int LOAD_BALANCING_PER_SECOND = 5;

  // Half of 10 a second over all that gets, describes and lists.
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
  static final Limit CLOUDTRAIL = new Limit("cloudtrail", 5, 5);

  // Nine tenths of 2 a second, and never 3 in any second: what a session did is read to its end
  // within
  // one request over HTTP, or not at all.
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
  static final Limit LOOKUP_EVENTS = new Limit("cloudtrail:LookupEvents", 1.8, 1);

  // AppSync, CloudFront and IAM publish nothing: as little as the slowest that does.
  static final Limit APPSYNC = new Limit("appsync", 5, 5);
  static final Limit CLOUDFRONT = new Limit("cloudfront", 5, 5);
  static final Limit IAM = new Limit("iam", 5, 5);

  private RateLimits() {}

  /** A token bucket of a region; what has the same name shares it. */
  record Limit(String name, double perSecond, int burst) {}

  /**
   * The buckets that a call draws on, each.
   *
   * @param service by its id
   */
  static List<Limit> of(String service, String operation) {
    return switch (service) {
      case "apigateway" ->
          operation.equals("GetResources")
              ? List.of(API_GATEWAY, GET_RESOURCES)
              : List.of(API_GATEWAY);
      case "lambda" -> List.of(LAMBDA);
      case "appsync" -> List.of(APPSYNC);
      case "cloudfront" -> List.of(CLOUDFRONT);
      case "cloudtrail" ->
          operation.equals("LookupEvents") ? List.of(LOOKUP_EVENTS) : List.of(CLOUDTRAIL);
      case "iam" -> List.of(IAM);
      case "elasticloadbalancing" ->
          List.of(
              new Limit(
                  service + ':' + operation, LOAD_BALANCING_PER_SECOND, LOAD_BALANCING_BURST));
      default -> List.of(new Limit(service + ':' + operation, PER_SECOND, BURST));
    };
  }
}
