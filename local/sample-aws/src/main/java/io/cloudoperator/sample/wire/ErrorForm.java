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
      case STS ->
          Reply.of(
              error.status(),
              "text/xml",
              """
              <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                <Error>
                  <Type>%s</Type>
                  <Code>%s</Code>
                  <Message>%s</Message>
                </Error>
                <RequestId>%s</RequestId>
              </ErrorResponse>
              """
                  .formatted(
                      error.status() < 500 ? "Sender" : "Receiver",
                      escape(error.code()),
                      escape(error.text()),
                      requestId));
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
      case KMS ->
          Reply.of(
              error.status(),
              "application/x-amz-json-1.1",
              "{\"__type\":%s,\"message\":%s}".formatted(quote(error.code()), quote(error.text())));
    };
  }

  private static String quote(String text) {
    return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
  }
}
