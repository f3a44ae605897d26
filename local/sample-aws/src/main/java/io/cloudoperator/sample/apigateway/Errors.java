package io.cloudoperator.sample.apigateway;

import io.cloudoperator.sample.wire.AwsError;

/** What API Gateway answers to a wrong request. */
final class Errors {

  private Errors() {}

  static AwsError badRequest(String message) {
    return new AwsError(400, "BadRequestException", message);
  }

  static AwsError noApi(String id) {
    return notFound("Invalid API identifier specified " + id);
  }

  static AwsError noAuthorizer() {
    return notFound("Invalid Authorizer identifier specified");
  }

  static AwsError noDomain() {
    return notFound("Invalid domain name identifier specified");
  }

  static AwsError unknownParameter(String name) {
    return badRequest("The sample AWS does not support the parameter " + name);
  }

  private static AwsError notFound(String message) {
    return new AwsError(404, "NotFoundException", message);
  }
}
