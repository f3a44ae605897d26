package io.cloudoperator.access;

import com.fasterxml.aalto.UncheckedStreamException;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A walk through one XML answer, element by element, that keeps nothing and skips what nobody asks
 * for:
 *
 * <pre>{@code
 * for (int level = xml.enter(); xml.next(level); ) {
 *   switch (xml.name()) { case "nextToken" -> token = xml.text(); … }
 * }
 * }</pre>
 *
 * An answer is not trusted: a document type, an entity, nesting, text or a size beyond the limits
 * is refused. Whatever goes wrong is an {@link IOException}, which the SDK retries: a connection
 * that broke as it was, all else as {@link UnreadableAnswerException}.
 */
final class Xml {
  /** Several times the largest page of 1,000 instances. */
  static final int MOST_BYTES = 64 << 20;

  static final int MOST_LEVELS = 64;
  static final int MOST_TEXT = 8 << 10;

  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader reader;
  private int level;

  private Xml(XMLStreamReader reader) {
    this.reader = reader;
  }

  /**
   * Starts at the root element.
   *
   * @throws UnreadableAnswerException unless the root has this name: what is no answer to the
   *     question asked must not be taken for an empty one
   */
  static Xml open(InputStream answer, String root) throws IOException {
    Xml xml = open(answer);
    if (!xml.name().equals(root)) {
      throw new UnreadableAnswerException("the answer is no " + root);
    }
    return xml;
  }

  /** Starts at the root element, whatever its name. */
  static Xml open(InputStream answer) throws IOException {
    try {
      Xml xml = new Xml(FACTORY.createXMLStreamReader(new Limited(answer)));
      while (xml.advance() != XMLStreamConstants.START_ELEMENT) {
        // Declaration, comments and white space before the root.
      }
      return xml;
    } catch (XMLStreamException e) {
      throw asIoException(e);
    }
  }

  /** The level of the element that the walk stands on, to pass to {@link #next}. */
  int enter() {
    return level;
  }

  /**
   * Goes to the next child of the element at this level, past whatever is left of the child before
   * it. False at the element's end.
   */
  boolean next(int of) throws IOException {
    while (true) {
      switch (advance()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (level == of + 1) {
            return true;
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (level < of) {
            return false;
          }
        }
        default -> {}
      }
    }
  }

  /** The local name of the element that the walk stands on. */
  String name() {
    return reader.getLocalName();
  }

  /** The text of the element that the walk stands on, without its children's; goes to its end. */
  String text() throws IOException {
    int of = level;
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (advance()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (level == of) {
            append(text);
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (level < of) {
            return text.toString();
          }
        }
        default -> {}
      }
    }
  }

  private void append(StringBuilder text) throws IOException {
    try {
      if (text.length() + reader.getTextLength() > MOST_TEXT) {
        throw new UnreadableAnswerException("a text is longer than " + MOST_TEXT);
      }
      text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
    } catch (UncheckedStreamException e) {
      throw asIoException(e);
    }
  }

  private int advance() throws IOException {
    try {
      int event = reader.next();
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (++level > MOST_LEVELS) {
            throw new UnreadableAnswerException("nested deeper than " + MOST_LEVELS);
          }
        }
        case XMLStreamConstants.END_ELEMENT -> level--;
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw new UnreadableAnswerException("a document type or an entity");
        case XMLStreamConstants.END_DOCUMENT ->
            throw new UnreadableAnswerException("ended too early");
        default -> {}
      }
      return event;
    } catch (XMLStreamException e) {
      throw asIoException(e);
    }
  }

  /** Aalto wraps a connection that breaks, and the SDK would not see that it may try again. */
  private static IOException asIoException(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException broken) {
        return broken;
      }
    }
    // Its message may quote the answer.
    return new UnreadableAnswerException("malformed XML");
  }

  private static XMLInputFactory factory() {
    // Named, not looked up: the limits rest on what this one does.
    XMLInputFactory factory = new InputFactoryImpl();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    return factory;
  }

  /** Bounds what attributes, names and skipped text may take, too. */
  private static final class Limited extends FilterInputStream {
    private int left = MOST_BYTES;

    Limited(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      spend(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      spend(Math.max(read, 0));
      return read;
    }

    private void spend(int bytes) throws UnreadableAnswerException {
      left -= bytes;
      if (left < 0) {
        throw new UnreadableAnswerException("larger than " + MOST_BYTES + " bytes");
      }
    }
  }
}
