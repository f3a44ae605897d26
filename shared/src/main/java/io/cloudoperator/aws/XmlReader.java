package io.cloudoperator.aws;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

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
 * The walk ends with the document, not with its root: who leaves the end of an answer unread loses
 * the connection that it came on.
 *
 * <p>An answer is not trusted: a document type, an entity, nesting, names, text or a size beyond
 * the limits is refused, before what is too large is held. Whatever goes wrong is an {@link
 * IOException}, which the SDK retries: a connection that broke as it was, all else as {@link
 * UnreadableResponseException}.
 */
public final class XmlReader {
  /** Several times the largest page of 1,000 instances. */
  public static final int MOST_BYTES = 64 << 20;

  /** Of one text, tag or comment, which the parser may have to hold. */
  public static final int MOST_TOKEN_BYTES = 64 << 10;

  public static final int MOST_TEXT = 16 << 10;

  /** Of a policy in a text, which is encoded: several times the longest. */
  public static final int MOST_DOCUMENT = 64 << 10;

  public static final int MOST_LEVELS = 64;

  /**
   * Of elements, attributes and namespaces, and several times as many as EC2 has; the parser
   * remembers each name of a document.
   */
  public static final int MOST_NAMES = 1000;

  public static final int MOST_NAME = 256;

  private final Limited in;
  private final XMLStreamReader reader;
  private final Set<String> names = new HashSet<>();
  // Of those, so that most are not looked up: a page has some hundred, a thousand times each.
  private final String[] recent = new String[512];
  private final StringBuilder text = new StringBuilder();
  private final TextCache texts = new TextCache();
  private int level;

  private XmlReader(Limited in, XMLStreamReader reader) {
    this.in = in;
    this.reader = reader;
  }

  /**
   * Starts at the root element.
   *
   * @throws UnreadableResponseException unless the root has this name: what is no answer to the
   *     question asked must not be taken for an empty one
   */
  public static XmlReader open(InputStream answer, String root) throws IOException {
    XmlReader xml = open(answer);
    if (!xml.name().equals(root)) {
      throw new UnreadableResponseException("the answer is no " + root);
    }
    return xml;
  }

  /** Starts at the root element, whatever its name. */
  public static XmlReader open(InputStream answer) throws IOException {
    Limited in = new Limited(answer);
    XmlReader xml = new XmlReader(in, reader(in));
    while (xml.advance() != XMLStreamConstants.START_ELEMENT) {
      // Declaration, comments and white space before the root.
    }
    return xml;
  }

  private static XMLStreamReader reader(Limited in) throws IOException {
    try {
      return Aalto.factory().createXMLStreamReader(in);
    } catch (XMLStreamException | RuntimeException _) {
      throw in.asIoException();
    }
  }

  /** The level of the element that the walk stands on, to pass to {@link #next}. */
  public int enter() {
    return level;
  }

  /**
   * Goes to the next child of the element at this level, past whatever is left of the child before
   * it. False at the element's end.
   */
  public boolean next(int of) throws IOException {
    while (true) {
      switch (advance()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (level == of + 1) {
            return true;
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (level < of) {
            if (level == 0) {
              finish();
            }
            return false;
          }
        }
        default -> {}
      }
    }
  }

  /** The local name of the element that the walk stands on. */
  public String name() {
    return reader.getLocalName();
  }

  /** The text of the element that the walk stands on, without its children's; goes to its end. */
  public String text() throws IOException {
    return texts.of(readText());
  }

  /** The text of one child of the element that the walk stands on; empty if it is not there. */
  public String text(String child) throws IOException {
    String text = "";
    for (int element = enter(); next(element); ) {
      if (name().equals(child)) {
        text = text();
      }
    }
    return text;
  }

  /** As {@link #text()}, where a document may stand in it. */
  public String document() throws IOException {
    return readText(MOST_DOCUMENT).toString();
  }

  /** As {@link #text()}; what is returned is overwritten by the next text. */
  public CharSequence readText() throws IOException {
    return readText(MOST_TEXT);
  }

  private CharSequence readText(int most) throws IOException {
    int of = level;
    text.setLength(0);
    while (true) {
      switch (advance()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (level == of) {
            append(most);
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (level < of) {
            return text;
          }
        }
        default -> {}
      }
    }
  }

  private void append(int most) throws IOException {
    try {
      int length = reader.getTextLength();
      if (text.length() + length > most) {
        throw new UnreadableResponseException("a text is longer than " + most);
      }
      text.append(reader.getTextCharacters(), reader.getTextStart(), length);
    } catch (RuntimeException _) {
      throw in.asIoException();
    }
  }

  private int advance() throws IOException {
    int event = event();
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> {
        if (++level > MOST_LEVELS) {
          throw new UnreadableResponseException("nested deeper than " + MOST_LEVELS);
        }
        checkNames();
      }
      case XMLStreamConstants.END_ELEMENT -> level--;
      case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
          throw new UnreadableResponseException("a document type or an entity");
      case XMLStreamConstants.END_DOCUMENT ->
          throw new UnreadableResponseException("ended too early");
      default -> {}
    }
    return event;
  }

  private int event() throws IOException {
    try {
      in.beginToken();
      return reader.next();
    } catch (XMLStreamException | RuntimeException _) {
      throw in.asIoException();
    }
  }

  private void checkNames() throws UnreadableResponseException {
    check(name());
    for (int i = reader.getAttributeCount() - 1; i >= 0; i--) {
      check(reader.getAttributeLocalName(i));
    }
    for (int i = reader.getNamespaceCount() - 1; i >= 0; i--) {
      check(reader.getNamespacePrefix(i));
    }
  }

  private void check(@Nullable String name) throws UnreadableResponseException {
    if (name == null) {
      return;
    }
    int slot = name.hashCode() & (recent.length - 1);
    if (!name.equals(recent[slot])) {
      recent[slot] = name;
      if (names.add(name) && (names.size() > MOST_NAMES || name.length() > MOST_NAME)) {
        throw new UnreadableResponseException("more names than " + MOST_NAMES + ", or longer ones");
      }
    }
  }

  private void finish() throws IOException {
    while (event() != XMLStreamConstants.END_DOCUMENT) {
      // Comments and white space after the root; all else is malformed.
    }
  }

  /**
   * The parser, in a class of its own: Query reads the manifest, and so what declares operations,
   * without carrying it.
   */
  private static final class Aalto {
    private Aalto() {}

    // Named, not looked up: the limits rest on what this one does. Not shared: it would keep the
    // names of each document for the next ones, with no limit over all of them.
    static XMLInputFactory factory() {
      XMLInputFactory factory = new InputFactoryImpl();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
      factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
      factory.setProperty(XMLInputFactory.IS_COALESCING, false);
      return factory;
    }
  }

  /** The texts of an answer are few, and often the same: a string is made of each but once. */
  private static final class TextCache {
    private static final int LONGEST = 64;

    private final String[] seen = new String[256];

    String of(CharSequence text) {
      if (text.length() > LONGEST) {
        return text.toString();
      }
      int hash = 0;
      for (int i = 0; i < text.length(); i++) {
        hash = 31 * hash + text.charAt(i);
      }
      int slot = (hash ^ (hash >>> 8)) & (seen.length - 1);
      String word = seen[slot];
      if (word == null || !word.contentEquals(text)) {
        word = text.toString();
        seen[slot] = word;
      }
      return word;
    }
  }

  /** Bounds what attributes, names and skipped text may take, too. */
  private static final class Limited extends FilterInputStream {
    private int left = MOST_BYTES;
    private int leftOfToken = MOST_TOKEN_BYTES;
    private Optional<IOException> failure = Optional.empty();

    Limited(InputStream in) {
      super(in);
    }

    void beginToken() {
      leftOfToken = MOST_TOKEN_BYTES;
    }

    /**
     * Why the parser could not go on: it wraps a connection that breaks, and the SDK would not see
     * that it may try again. Else it was the answer; what the parser says may quote it.
     */
    IOException asIoException() {
      return failure.orElseGet(() -> new UnreadableResponseException("malformed XML"));
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        int read = in.read(buffer, offset, length);
        spend(Math.max(read, 0));
        return read;
      } catch (IOException e) {
        failure = Optional.of(e);
        throw e;
      }
    }

    private void spend(int bytes) throws UnreadableResponseException {
      left -= bytes;
      leftOfToken -= bytes;
      if (left < 0) {
        throw new UnreadableResponseException("larger than " + MOST_BYTES + " bytes");
      }
      if (leftOfToken < 0) {
        throw new UnreadableResponseException("a token is larger than " + MOST_TOKEN_BYTES);
      }
    }
  }
}
