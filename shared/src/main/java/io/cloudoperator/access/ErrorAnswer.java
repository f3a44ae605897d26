package io.cloudoperator.access;

import java.io.IOException;
import java.io.InputStream;

/**
 * What AWS says when it refuses, in any of the forms of its XML protocols; empty where it says
 * nothing that can be read, as a proxy's page does not.
 */
record ErrorAnswer(String code, String message, String requestId) {
  private static final ErrorAnswer UNREADABLE = new ErrorAnswer("", "", "");

  static ErrorAnswer read(InputStream answer) {
    try {
      Xml xml = Xml.open(answer);
      return xml.name().equals("Error") ? error(xml, "") : wrapped(xml);
    } catch (IOException _) {
      return UNREADABLE;
    }
  }

  // Query: ErrorResponse/Error; EC2: Response/Errors/Error, with RequestID after it.
  private static ErrorAnswer wrapped(Xml xml) throws IOException {
    ErrorAnswer error = UNREADABLE;
    for (int level = xml.enter(); xml.next(level); ) {
      error =
          switch (xml.name()) {
            case "Error" -> error(xml, error.requestId);
            case "Errors" -> wrapped(xml);
            case "RequestId", "RequestID" -> new ErrorAnswer(error.code, error.message, xml.text());
            default -> error;
          };
    }
    return error;
  }

  private static ErrorAnswer error(Xml xml, String requestId) throws IOException {
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
    return new ErrorAnswer(code, message, id);
  }
}
