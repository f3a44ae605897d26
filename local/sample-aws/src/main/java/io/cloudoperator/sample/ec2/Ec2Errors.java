package io.cloudoperator.sample.ec2;

import io.cloudoperator.sample.wire.AwsError;

/**
 * EC2's errors about parameters.
 *
 * <p>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
final class Ec2Errors {

  private Ec2Errors() {}

  static AwsError unknownParameter(String name) {
    return new AwsError(400, "UnknownParameter", "The parameter " + name + " is not recognized");
  }

  static AwsError invalidValue(String message) {
    return new AwsError(400, "InvalidParameterValue", message);
  }

  static AwsError invalidToken() {
    return new AwsError(400, "InvalidNextToken", "The specified NextToken is not valid.");
  }

  static AwsError dryRun() {
    return new AwsError(
        412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set.");
  }
}
