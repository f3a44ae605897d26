package io.cloudoperator.sample.wire;

/** Why a credential is not accepted. Each protocol says so in its own way. */
enum AuthError {
  MISSING("MissingAuthenticationToken", "Missing Authentication Token", "Access Denied"),
  MALFORMED("IncompleteSignature", "Authorization header is not AWS4-HMAC-SHA256", ""),
  UNKNOWN_KEY(
      "UnrecognizedClient",
      "The security token included in the request is invalid.",
      "The AWS Access Key Id you provided does not exist in our records."),
  WRONG_TOKEN(
      "UnrecognizedClient",
      "The security token included in the request is invalid.",
      "The provided token is malformed or otherwise invalid."),
  WRONG_SIGNATURE(
      "InvalidSignature",
      "The request signature we calculated does not match the signature you provided. Check your"
          + " AWS Secret Access Key and signing method. Consult the service documentation for"
          + " details.",
      "The request signature we calculated does not match the signature you provided. Check your"
          + " key and signing method."),
  SKEWED(
      "InvalidSignature",
      "Signature expired",
      "The difference between the request time and the current time is too large."),
  EXPIRED_SESSION(
      "ExpiredToken",
      "The security token included in the request is expired",
      "The provided token has expired.");

  /** As JSON protocols have it, without "Exception". */
  private final String code;

  private final String message;

  /** S3's own words, if it has any. */
  private final String inS3;

  AuthError(String code, String message, String inS3) {
    this.code = code;
    this.message = message;
    this.inS3 = inS3;
  }

  AwsError in(Protocol protocol) {
    return in(protocol, message);
  }

  /**
   * The error answer.
   *
   * @param why in words, where the protocol has none of its own
   */
  AwsError in(Protocol protocol, String why) {
    return switch (protocol) {
      case QUERY, REST_XML ->
          switch (this) {
            case MISSING, EXPIRED_SESSION -> new AwsError(403, code, why);
            case MALFORMED -> new AwsError(400, code, why);
            case UNKNOWN_KEY, WRONG_TOKEN -> new AwsError(403, "InvalidClientTokenId", why);
            case WRONG_SIGNATURE, SKEWED -> new AwsError(403, "SignatureDoesNotMatch", why);
          };
      case REST_JSON -> new AwsError(403, code + "Exception", why);
      case JSON -> new AwsError(400, this == MALFORMED ? code : code + "Exception", why);
      case EC2 ->
          switch (this) {
            case MISSING ->
                new AwsError(
                    400,
                    "MissingParameter",
                    "The request must contain the parameter AWSAccessKeyId");
            case MALFORMED -> new AwsError(401, "AuthFailure", why);
            // EC2 does not tell a wrong secret from an unknown key.
            case UNKNOWN_KEY, WRONG_TOKEN, WRONG_SIGNATURE ->
                new AwsError(
                    401,
                    "AuthFailure",
                    "AWS was not able to validate the provided access credentials");
            case SKEWED, EXPIRED_SESSION ->
                new AwsError(400, "RequestExpired", "Request has expired.");
          };
      case S3 ->
          switch (this) {
            case MISSING -> new AwsError(403, "AccessDenied", inS3);
            case MALFORMED -> new AwsError(400, "AuthorizationHeaderMalformed", why);
            case UNKNOWN_KEY -> new AwsError(403, "InvalidAccessKeyId", inS3);
            case WRONG_TOKEN -> new AwsError(400, "InvalidToken", inS3);
            case WRONG_SIGNATURE -> new AwsError(403, "SignatureDoesNotMatch", inS3);
            case SKEWED -> new AwsError(403, "RequestTimeTooSkewed", inS3);
            case EXPIRED_SESSION -> new AwsError(400, "ExpiredToken", inS3);
          };
    };
  }
}
