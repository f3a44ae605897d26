package io.cloudoperator.sample.wire;

/** Writes XML text. */
public final class XmlText {

  public static final String HEADER = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  private XmlText() {}

  /** The answer of an operation of the query protocol. */
  public static WireResponse result(ServiceCall call, String content) {
    return WireResponse.of(
        200,
        "text/xml",
        """
        <%1$sResponse xmlns="%2$s">
        <%1$sResult>
        %3$s
        </%1$sResult>
        <ResponseMetadata><RequestId>%4$s</RequestId></ResponseMetadata>
        </%1$sResponse>
        """
            .formatted(call.action(), call.service().namespace(), content, call.requestId()));
  }

  /** Text that may stand in an element or in a quoted attribute. */
  public static String escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("<>&\"'\r".indexOf(text.charAt(i)) >= 0) {
        return text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;")
            .replace("\r", "&#13;");
      }
    }
    return text;
  }
}
