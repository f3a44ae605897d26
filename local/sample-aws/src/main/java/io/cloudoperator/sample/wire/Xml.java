package io.cloudoperator.sample.wire;

/** Writes XML text. */
public final class Xml {

  public static final String HEADER = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  private Xml() {}

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
