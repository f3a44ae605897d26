package io.cloudoperator.sample.wire;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes XML: elements, and text that is escaped. */
public final class Xml {

  private final StringBuilder text;
  private final boolean indented;
  private final Deque<String> open = new ArrayDeque<>();

  private Xml(StringBuilder text, boolean indented) {
    this.text = text;
    this.indented = indented;
  }

  /** Writes each element on a line of its own, as EC2 and the query protocol do. */
  public static Xml indented(StringBuilder text) {
    return new Xml(text, true);
  }

  /** Writes all of it on one line, as S3 and CloudFront do. */
  public static Xml compact(StringBuilder text) {
    return new Xml(text, false);
  }

  /** The declaration that a document may begin with. */
  public Xml header() {
    text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    return this;
  }

  public Xml root(String name, String namespace) {
    text.append('<').append(name);
    text.append(" xmlns=\"").append(namespace).append("\">");
    open.push(name);
    return this;
  }

  /** Begins an element that holds others, until {@link #close}. */
  public Xml open(String name) {
    line();
    text.append('<').append(name).append('>');
    open.push(name);
    return this;
  }

  /** Ends the element that was begun last. */
  public Xml close() {
    String name = open.pop();
    line();
    text.append("</").append(name).append('>');
    return this;
  }

  /** An element that holds text; an empty one is written short. */
  public Xml leaf(String name, Object value) {
    line();
    String content = value.toString();
    if (content.isEmpty()) {
      text.append('<').append(name).append("/>");
    } else {
      text.append('<').append(name).append('>').append(escape(content));
      text.append("</").append(name).append('>');
    }
    return this;
  }

  /** An element, if there is anything to tell. */
  public Xml leaf(String name, Optional<?> value) {
    value.ifPresent(present -> leaf(name, present));
    return this;
  }

  /** An element that holds one of the same name for each of several. */
  public <T> Xml list(String name, String item, Collection<T> all, Consumer<T> form) {
    if (all.isEmpty()) {
      return leaf(name, "");
    }
    open(name);
    for (T each : all) {
      open(item);
      form.accept(each);
      close();
    }
    return close();
  }

  private void line() {
    if (indented) {
      text.append('\n').repeat(' ', open.size());
    }
  }

  /** Text that may stand in an element or in a quoted attribute. */
  public static String escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '<', '>', '&', '"', '\'', '\r' -> {
          return text.replace("&", "&amp;")
              .replace("<", "&lt;")
              .replace(">", "&gt;")
              .replace("\"", "&quot;")
              .replace("'", "&#39;")
              .replace("\r", "&#13;");
        }
        default -> {}
      }
    }
    return text;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
