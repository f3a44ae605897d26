package io.cloudoperator.sample.wire;

import com.fasterxml.jackson.databind.node.TextNode;

/** The error body of each protocol. */
final class ErrorForm {

  private ErrorForm() {}

  static WireResponse render(Service service, AwsError error, String requestId) {
    Xml xml = Xml.compact(new StringBuilder());
    return switch (service.protocol()) {
      // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
      case EC2 -> {
        xml.header().open("Response").open("Errors");
        error(xml, error).close().close().leaf("RequestID", requestId).close();
        yield WireResponse.of(error.status(), "text/xml;charset=UTF-8", xml.toString());
      }
      // https://docs.aws.amazon.com/cloudfront/latest/APIReference/CommonErrors.html
      case QUERY, REST_XML -> {
        xml.root("ErrorResponse", service.namespace()).open("Error");
        xml.leaf("Type", error.status() < 500 ? "Sender" : "Receiver");
        xml.leaf("Code", error.code()).leaf("Message", error.text()).close();
        xml.leaf("RequestId", requestId).close();
        yield WireResponse.of(error.status(), "text/xml", xml.toString());
      }
      // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
      case S3 -> {
        error(xml.header(), error).leaf("RequestId", requestId).leaf("HostId", "sample").close();
        yield WireResponse.of(error.status(), "application/xml", xml.toString());
      }
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
      case JSON ->
          WireResponse.of(
              error.status(),
              "application/x-amz-json-1.1",
              "{\"__type\":%s,\"message\":%s}".formatted(quote(error.code()), quote(error.text())));
    };
  }

  private static Xml error(Xml xml, AwsError error) {
    return xml.open("Error").leaf("Code", error.code()).leaf("Message", error.text());
  }

  private static String quote(String text) {
    return TextNode.valueOf(text).toString();
  }
}
