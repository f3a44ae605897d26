package io.cloudoperator.sample.wire;

import java.util.Optional;

/** The services that the sample speaks. */
public enum ServiceName {
  STS,
  EC2,
  S3,
  KMS,
  APIGATEWAY,
  LAMBDA,
  APPSYNC,
  ELASTICLOADBALANCING,
  CLOUDFRONT,
  CLOUDTRAIL,
  IAM;

  /** The signing name, as in the credential scope. */
  public String signingName() {
    return switch (this) {
      case STS -> "sts";
      case EC2 -> "ec2";
      case S3 -> "s3";
      case KMS -> "kms";
      case APIGATEWAY -> "apigateway";
      case LAMBDA -> "lambda";
      case APPSYNC -> "appsync";
      case ELASTICLOADBALANCING -> "elasticloadbalancing";
      case CLOUDFRONT -> "cloudfront";
      case CLOUDTRAIL -> "cloudtrail";
      case IAM -> "iam";
    };
  }

  static Optional<ServiceName> ofSigningName(String name) {
    for (ServiceName service : values()) {
      if (service.signingName().equals(name)) {
        return Optional.of(service);
      }
    }
    return Optional.empty();
  }
}
