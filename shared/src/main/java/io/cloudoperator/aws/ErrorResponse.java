package io.cloudoperator.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Optional;
import software.amazon.awssdk.core.http.HttpResponseHandler;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * What AWS says when it refuses, in any of the forms of its XML and JSON protocols; empty where it
 * says nothing that can be read, as a proxy's page does not.
 *
 * @param code without the namespace and the address that JSON protocols put around it
 */
record ErrorResponse(String code, String message, String requestId) {
  private static final ErrorResponse UNREADABLE = new ErrorResponse("", "", "");

  // https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization
  private static final String ERROR_TYPE = "x-amzn-ErrorType";

  static ErrorResponse read(SdkHttpResponse head, InputStream answer) {
    ErrorResponse body = read(answer);
    Optional<String> type = head.firstMatchingHeader(ERROR_TYPE);
    return new ErrorResponse(
        type.map(ErrorResponse::bare).filter(code -> !code.isEmpty()).orElse(body.code),
        body.message,
        body.requestId.isEmpty()
            ? head.firstMatchingHeader(HttpResponseHandler.X_AMZN_REQUEST_ID_HEADERS).orElse("")
            : body.requestId);
  }

  private static ErrorResponse read(InputStream answer) {
    try {
      PushbackInputStream start = new PushbackInputStream(answer);
      int first = start.read();
      if (first < 0) {
        return UNREADABLE;
      }
      start.unread(first);
      if (first == '{') {
        return json(JsonReader.open(start));
      }
      XmlReader xml = XmlReader.open(start);
      return xml.name().equals("Error") ? error(xml, "") : wrapped(xml);
    } catch (IOException _) {
      return UNREADABLE;
    }
  }

  private static ErrorResponse json(JsonReader json) throws IOException {
    String code = "";
    String message = "";
    for (int level = json.enter(); json.next(level); ) {
      switch (json.name()) {
        case "__type" -> code = bare(json.text());
        case "code" -> code = code.isEmpty() ? bare(json.text()) : code;
        case "message", "Message" -> message = json.text();
        default -> {}
      }
    }
    return new ErrorResponse(code, message, "");
  }

  /** Of {@code aws.namespace#Code:http://internal.amazon.com/…}. */
  private static String bare(String type) {
    int address = type.indexOf(':');
    String named = address < 0 ? type : type.substring(0, address);
    return named.substring(named.indexOf('#') + 1).strip();
  }

  // Query: ErrorResponse/Error; EC2: Response/Errors/Error, with RequestID after it.
  private static ErrorResponse wrapped(XmlReader xml) throws IOException {
    ErrorResponse error = UNREADABLE;
    for (int level = xml.enter(); xml.next(level); ) {
      error =
          switch (xml.name()) {
            case "Error" -> error(xml, error.requestId);
            case "Errors" -> wrapped(xml);
            case "RequestId", "RequestID" ->
                new ErrorResponse(error.code, error.message, xml.text());
            default -> error;
          };
    }
    return error;
  }

  private static ErrorResponse error(XmlReader xml, String requestId) throws IOException {
    String code = "";
    String message = "";
    String id = requestId;
    for (int level = xml.enter(); xml.next(level); ) {
      switch (xml.name()) {
        case "Code" -> code = xml.text();
        case "Message" -> message = xml.text();
        case "RequestId" -> id = xml.text();
        default -> {}
      }
    }
    return new ErrorResponse(code, message, id);
  }
}
