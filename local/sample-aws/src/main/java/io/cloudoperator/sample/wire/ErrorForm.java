package io.cloudoperator.sample.wire;

import static io.cloudoperator.sample.wire.Xml.escape;

/** The error body of each protocol. */
final class ErrorForm {

  private ErrorForm() {}

  static Reply render(ServiceName service, AwsError error, String requestId) {
    return switch (service) {
      // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
      case EC2 ->
          Reply.of(
              error.status(),
              "text/xml;charset=UTF-8",
              Xml.HEADER
                  + "<Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors>"
                      .formatted(escape(error.code()), escape(error.text()))
                  + "<RequestID>%s</RequestID></Response>".formatted(requestId));
      case STS -> query("https://sts.amazonaws.com/doc/2011-06-15/", error, requestId);
      case ELASTICLOADBALANCING ->
          query("http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/", error, requestId);
      case IAM -> query("https://iam.amazonaws.com/doc/2010-05-08/", error, requestId);
      // https://docs.aws.amazon.com/cloudfront/latest/APIReference/CommonErrors.html
      case CLOUDFRONT -> query("http://cloudfront.amazonaws.com/doc/2020-05-31/", error, requestId);
      case APIGATEWAY, APPSYNC -> restJson(error, "");
      case LAMBDA ->
          restJson(error, "\"Type\":\"%s\",".formatted(error.status() < 500 ? "User" : "Service"));
      // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
      case S3 ->
          Reply.of(
              error.status(),
              "application/xml",
              Xml.HEADER
                  + "<Error><Code>%s</Code><Message>%s</Message>"
                      .formatted(escape(error.code()), escape(error.text()))
                  + "<RequestId>%s</RequestId><HostId>sample</HostId></Error>"
                      .formatted(requestId));
      case KMS, CLOUDTRAIL ->
          Reply.of(
              error.status(),
              "application/x-amz-json-1.1",
              "{\"__type\":%s,\"message\":%s}".formatted(quote(error.code()), quote(error.text())));
    };
  }

  private static Reply query(String namespace, AwsError error, String requestId) {
    return Reply.of(
        error.status(),
        "text/xml",
        """
        <ErrorResponse xmlns="%s">
          <Error>
            <Type>%s</Type>
            <Code>%s</Code>
            <Message>%s</Message>
          </Error>
          <RequestId>%s</RequestId>
        </ErrorResponse>
        """
            .formatted(
                namespace,
                error.status() < 500 ? "Sender" : "Receiver",
                escape(error.code()),
                escape(error.text()),
                requestId));
  }

  /** What IAM refuses says Message, what the service refuses message. */
  private static Reply restJson(AwsError error, String more) {
    String name = error.code().equals("AccessDeniedException") ? "Message" : "message";
    return Reply.of(
            error.status(),
            "application/json",
            "{%s\"%s\":%s}".formatted(more, name, quote(error.text())))
        .with("x-amzn-ErrorType", error.code());
  }

  private static String quote(String text) {
    return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
  }
}
