package io.cloudoperator.aws;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Optional;
import software.amazon.awssdk.core.http.HttpResponseHandler;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * What AWS says when it refuses, in any of the forms of its XML and JSON protocols; empty where it
 * says nothing that can be read, as a proxy's page does not. Of a long message its beginning is
 * kept: EC2 encodes the whole request in it.
 *
 * @param code without the namespace and the address that JSON protocols put around it
 */
record ErrorResponse(String code, String message, String requestId) {
  // https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization
  private static final String ERROR_TYPE = "x-amzn-ErrorType";

  private static final int MOST_OF_A_TEXT = XmlReader.MOST_TEXT - 256;

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
    Members members = new Members();
    try {
      PushbackInputStream start = new PushbackInputStream(new BufferedInputStream(answer));
      int first = start.read();
      if (first >= 0) {
        start.unread(first);
        if (first == '{') {
          json(JsonReader.open(ShortenedTexts.ofJson(start, MOST_OF_A_TEXT)), members);
        } else {
          xml(XmlReader.open(ShortenedTexts.ofXml(start, MOST_OF_A_TEXT)), members);
        }
      }
    } catch (IOException _) {
      // What came before it is as good as all of it: a code, most of the time.
    }
    return new ErrorResponse(members.code, members.message, members.requestId);
  }

  /** What was read until now. */
  private static final class Members {
    private String code = "";
    private String message = "";
    private String requestId = "";
  }

  private static void json(JsonReader json, Members members) throws IOException {
    for (int level = json.enter(); json.next(level); ) {
      switch (json.name()) {
        case "__type" -> members.code = bare(json.text());
        case "code" -> members.code = members.code.isEmpty() ? bare(json.text()) : members.code;
        case "message", "Message" -> members.message = json.text();
        default -> {}
      }
    }
  }

  /** Of {@code aws.namespace#Code:http://internal.amazon.com/…}. */
  private static String bare(String type) {
    int address = type.indexOf(':');
    String named = address < 0 ? type : type.substring(0, address);
    return named.substring(named.indexOf('#') + 1).strip();
  }

  // S3: Error. Query: ErrorResponse/Error; EC2: Response/Errors/Error, with RequestID after it.
  private static void xml(XmlReader xml, Members members) throws IOException {
    for (int level = xml.enter(); xml.next(level); ) {
      switch (xml.name()) {
        case "Error", "Errors" -> xml(xml, members);
        case "Code" -> members.code = xml.text();
        case "Message" -> members.message = xml.text();
        case "RequestId", "RequestID" -> members.requestId = xml.text();
        default -> {}
      }
    }
  }
}
