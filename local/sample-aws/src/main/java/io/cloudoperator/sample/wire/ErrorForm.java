package io.cloudoperator.sample.wire;

import static io.cloudoperator.sample.wire.XmlText.escape;

/** The error body of each protocol. */
final class ErrorForm {

  private ErrorForm() {}

  static WireResponse render(Service service, AwsError error, String requestId) {
    return switch (service.protocol()) {
      // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
      case EC2 ->
          WireResponse.of(
              error.status(),
              "text/xml;charset=UTF-8",
              XmlText.HEADER
                  + "<Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors>"
                      .formatted(escape(error.code()), escape(error.text()))
                  + "<RequestID>%s</RequestID></Response>".formatted(requestId));
      // https://docs.aws.amazon.com/cloudfront/latest/APIReference/CommonErrors.html
      case QUERY, REST_XML -> query(service.namespace(), error, requestId);
      // What IAM refuses says Message, what the service refuses message.
      case REST_JSON ->
          WireResponse.of(
                  error.status(),
                  "application/json",
                  "{%s\"%s\":%s}"
                      .formatted(
                          service.errorMembers(error),
                          error.code().equals("AccessDeniedException") ? "Message" : "message",
                          quote(error.text())))
              .with("x-amzn-ErrorType", error.code());
      // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
      case S3 ->
          WireResponse.of(
              error.status(),
              "application/xml",
              XmlText.HEADER
                  + "<Error><Code>%s</Code><Message>%s</Message>"
                      .formatted(escape(error.code()), escape(error.text()))
                  + "<RequestId>%s</RequestId><HostId>sample</HostId></Error>"
                      .formatted(requestId));
      case JSON ->
          WireResponse.of(
              error.status(),
              "application/x-amz-json-1.1",
              "{\"__type\":%s,\"message\":%s}".formatted(quote(error.code()), quote(error.text())));
    };
  }

  private static WireResponse query(String namespace, AwsError error, String requestId) {
    return WireResponse.of(
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

  private static String quote(String text) {
    return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
  }
}
