package io.cloudoperator.sample.wire;

/** How each protocol says that it does not accept a credential. */
final class AuthErrors {

  private static final String BAD_SIGNATURE =
      "The request signature we calculated does not match the signature you provided. Check your"
          + " AWS Secret Access Key and signing method. Consult the service documentation for"
          + " details.";

  private AuthErrors() {}

  static AwsError missing(Protocol protocol) {
    return switch (protocol) {
      case QUERY, REST_XML ->
          new AwsError(
              403, "MissingAuthenticationToken", "Request is missing Authentication Token");
      case REST_JSON ->
          new AwsError(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
      case EC2 ->
          new AwsError(
              400,
              "MissingParameter",
              "The request must contain the parameter" + " AWSAccessKeyId");
      case S3 -> new AwsError(403, "AccessDenied", "Access Denied");
      case JSON ->
          new AwsError(
              400, "MissingAuthenticationTokenException", "Missing Authentication" + " Token");
    };
  }

  static AwsError malformed(Protocol protocol, String why) {
    return switch (protocol) {
      case QUERY, REST_XML, JSON -> new AwsError(400, "IncompleteSignature", why);
      case REST_JSON -> new AwsError(403, "IncompleteSignatureException", why);
      case EC2 -> new AwsError(401, "AuthFailure", why);
      case S3 -> new AwsError(400, "AuthorizationHeaderMalformed", why);
    };
  }

  static AwsError unknownKey(Protocol protocol) {
    return switch (protocol) {
      case QUERY, REST_XML -> new AwsError(403, "InvalidClientTokenId", invalidToken());
      case REST_JSON -> new AwsError(403, "UnrecognizedClientException", invalidToken());
      case EC2 -> ec2AuthFailure();
      case S3 ->
          new AwsError(
              403,
              "InvalidAccessKeyId",
              "The AWS Access Key Id you provided does not exist in our records.");
      case JSON -> new AwsError(400, "UnrecognizedClientException", invalidToken());
    };
  }

  static AwsError wrongToken(Protocol protocol) {
    return protocol == Protocol.S3
        ? new AwsError(400, "InvalidToken", "The provided token is malformed or otherwise invalid.")
        : unknownKey(protocol);
  }

  static AwsError wrongSignature(Protocol protocol) {
    return switch (protocol) {
      case QUERY, REST_XML -> new AwsError(403, "SignatureDoesNotMatch", BAD_SIGNATURE);
      case REST_JSON -> new AwsError(403, "InvalidSignatureException", BAD_SIGNATURE);
      // EC2 does not tell a wrong secret from an unknown key.
      case EC2 -> ec2AuthFailure();
      case S3 ->
          new AwsError(
              403,
              "SignatureDoesNotMatch",
              "The request signature we calculated does not match the signature you provided."
                  + " Check your key and signing method.");
      case JSON -> new AwsError(400, "InvalidSignatureException", BAD_SIGNATURE);
    };
  }

  static AwsError skewed(Protocol protocol) {
    return switch (protocol) {
      case QUERY, REST_XML -> new AwsError(403, "SignatureDoesNotMatch", "Signature expired");
      case REST_JSON -> new AwsError(403, "InvalidSignatureException", "Signature expired");
      case EC2 -> new AwsError(400, "RequestExpired", "Request has expired.");
      case S3 ->
          new AwsError(
              403,
              "RequestTimeTooSkewed",
              "The difference between the request time and the current time is too large.");
      case JSON -> new AwsError(400, "InvalidSignatureException", "Signature expired");
    };
  }

  static AwsError expiredSession(Protocol protocol) {
    return switch (protocol) {
      case REST_JSON ->
          new AwsError(
              403,
              "ExpiredTokenException",
              "The security token included in the request is expired");
      case QUERY, REST_XML ->
          new AwsError(
              403, "ExpiredToken", "The security token included in the request is expired");
      case EC2 -> new AwsError(400, "RequestExpired", "Request has expired.");
      case S3 -> new AwsError(400, "ExpiredToken", "The provided token has expired.");
      case JSON ->
          new AwsError(
              400,
              "ExpiredTokenException",
              "The security token included in the request is expired");
    };
  }

  private static AwsError ec2AuthFailure() {
    return new AwsError(
        401, "AuthFailure", "AWS was not able to validate the provided access credentials");
  }

  private static String invalidToken() {
    return "The security token included in the request is invalid.";
  }
}
