package io.cloudoperator.service;

import io.cloudoperator.service.apigateway.ApiGateway;
import io.cloudoperator.service.appsync.AppSync;
import io.cloudoperator.service.cloudfront.CloudFront;
import io.cloudoperator.service.cloudtrail.CloudTrail;
import io.cloudoperator.service.ec2.Ec2;
import io.cloudoperator.service.elb.ElasticLoadBalancing;
import io.cloudoperator.service.iam.Iam;
import io.cloudoperator.service.lambda.Lambda;
import io.cloudoperator.service.s3.S3;
import io.cloudoperator.service.sts.Sts;
import java.util.List;

/** The AWS services that are scanned, in the order in which permissions are published. */
public final class ScannedServices {
  public static final List<ScannedService> ALL =
      List.of(
          new Sts(),
          new Ec2(),
          new S3(),
          new ApiGateway(),
          new Lambda(),
          new AppSync(),
          new ElasticLoadBalancing(),
          new CloudFront(),
          new CloudTrail(),
          new Iam());

  private ScannedServices() {}
}
