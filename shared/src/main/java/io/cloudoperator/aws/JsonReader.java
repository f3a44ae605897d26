package io.cloudoperator.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A walk through one JSON answer, member by member, that keeps nothing and skips what nobody asks
 * for: no string is made of it.
 *
 * <pre>{@code
 * for (int level = json.enter(); json.next(level); ) {
 *   switch (json.name()) { case "nextToken" -> token = json.text(); … }
 * }
 * }</pre>
 *
 * What is null is read as if it were not there: an empty text, an empty list. A member that stands
 * twice counts as often; whoever reads it keeps the last. The walk ends with the document: who
 * leaves the end of an answer unread loses the connection that it came on.
 *
 * <p>An answer is not trusted: nesting, names, texts, numbers, tokens or a size beyond the limits
 * are refused, before what is too large is held. Whatever goes wrong is an {@link IOException},
 * which the SDK retries: a connection that broke as it was, all else as {@link
 * UnreadableResponseException}.
 */
public final class JsonReader {
  public static final int MOST_BYTES = XmlReader.MOST_BYTES;
  public static final int MOST_LEVELS = XmlReader.MOST_LEVELS;
  public static final int MOST_TEXT = XmlReader.MOST_TEXT;

  /**
   * Of a member's name: several times the longest path of an API, for what API Gateway says of a
   * method stands under its path.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html">10,240
   *     characters of a request's line and headers</a>
   */
  public static final int MOST_NAME = 32 << 10;

  /** Of names, values and brackets: several times as many as the largest page has. */
  public static final int MOST_TOKENS = 8_000_000;

  /** A policy within a text, which is escaped twice. */
  public static final int MOST_DOCUMENT = 64 << 10;

  private static final int LONGEST_NUMBER = 64;

  // It remembers no names and keeps no buffers: neither may outlive the answer that they came in.
  private static final JsonFactory FACTORY = factory(MOST_DOCUMENT);

  private static JsonFactory factory(int longestText) {
    return JsonFactory.builder()
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MOST_LEVELS)
                .maxDocumentLength(MOST_BYTES)
                .maxTokenCount(MOST_TOKENS)
                .maxNameLength(MOST_NAME)
                .maxStringLength(longestText)
                .maxNumberLength(LONGEST_NUMBER)
                .build())
        .build();
  }

  private final JsonParser parser;
  private int level;

  private JsonReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Starts at the root.
   *
   * @throws UnreadableResponseException unless it is an object
   */
  public static JsonReader open(InputStream answer) throws IOException {
    return begun(FACTORY.createParser(answer));
  }

  /**
   * As {@link #open(InputStream)}, of an answer whose texts may be as long as this.
   *
   * @throws UnreadableResponseException unless it is an object
   */
  public static JsonReader open(InputStream answer, int longestText) throws IOException {
    return begun(factory(longestText).createParser(answer));
  }

  /**
   * Starts at the root of a document that stood in a text.
   *
   * @throws UnreadableResponseException unless it is an object
   */
  public static JsonReader of(String document) throws IOException {
    Reader reader = new StringReader(document);
    return begun(FACTORY.createParser(reader));
  }

  private static JsonReader begun(JsonParser parser) throws IOException {
    JsonReader json = new JsonReader(parser);
    if (json.advance() != JsonToken.START_OBJECT) {
      throw new UnreadableResponseException("the answer is no object");
    }
    return json;
  }

  /**
   * The level of the object or list that the walk stands on, to pass to {@link #next}.
   *
   * @throws UnreadableResponseException if it is neither
   */
  public int enter() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT, START_ARRAY -> level;
      case VALUE_NULL -> level + 1;
      default -> throw wrongType();
    };
  }

  /**
   * As {@link #enter}.
   *
   * @throws UnreadableResponseException if the walk does not stand on a list
   */
  public int enterList() throws IOException {
    if (isObject()) {
      throw wrongType();
    }
    return enter();
  }

  /**
   * As {@link #enter}.
   *
   * @throws UnreadableResponseException if the walk does not stand on an object
   */
  public int enterObject() throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      throw wrongType();
    }
    return enter();
  }

  /** Whether the walk stands on an object. */
  public boolean isObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  /** Whether the walk stands on a list. */
  public boolean isList() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  /** Whether the walk stands on a text. */
  public boolean isText() {
    return parser.currentToken() == JsonToken.VALUE_STRING;
  }

  /**
   * Goes to the next member of the object, or item of the list, at this level, past whatever is
   * left of the one before it. False at the end.
   */
  public boolean next(int of) throws IOException {
    if (level < of) {
      return false;
    }
    while (level > of) {
      advance();
    }
    JsonToken token = advance();
    if (level < of) {
      if (level == 0) {
        finish();
      }
      return false;
    }
    if (token == JsonToken.FIELD_NAME) {
      advance();
    }
    return true;
  }

  /** The name of the member that the walk stands on; empty for an item of a list. */
  public String name() throws IOException {
    String name = parser.currentName();
    return name == null ? "" : name;
  }

  /**
   * The text that the walk stands on.
   *
   * @throws UnreadableResponseException if it is none, or too long
   */
  public String text() throws IOException {
    return text(MOST_TEXT);
  }

  /** As {@link #text()}, where a document may stand in it. */
  public String document() throws IOException {
    return text(MOST_DOCUMENT);
  }

  /** As {@link #text()}, where it may be as long as this. */
  public String text(int most) throws IOException {
    if (isNull()) {
      return "";
    }
    if (!isText()) {
      throw wrongType();
    }
    try {
      String text = parser.getText();
      if (text.length() > most) {
        throw new UnreadableResponseException("a text is longer than " + most);
      }
      return text;
    } catch (JsonProcessingException _) {
      throw malformed();
    }
  }

  /** The text that the walk stands on; empty where there is none. */
  public Optional<String> someText() throws IOException {
    return Optional.of(text()).filter(text -> !text.isEmpty());
  }

  /** The text of one member of the object that the walk stands on; empty if it is not there. */
  public String text(String member) throws IOException {
    String text = "";
    for (int object = enterObject(); next(object); ) {
      if (name().equals(member)) {
        text = text();
      }
    }
    return text;
  }

  /**
   * The texts of the list that the walk stands on.
   *
   * @throws UnreadableResponseException if there is anything else in it
   */
  public List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    for (int list = enterList(); next(list); ) {
      texts.add(text());
    }
    return texts;
  }

  /**
   * The switch that the walk stands on; off if it is null.
   *
   * @throws UnreadableResponseException if it is none
   */
  public boolean flag() throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE, VALUE_NULL -> false;
      default -> throw wrongType();
    };
  }

  /**
   * The number that the walk stands on.
   *
   * @throws UnreadableResponseException if it is none
   */
  public Optional<Double> number() throws IOException {
    if (isNull()) {
      return Optional.empty();
    }
    if (!parser.currentToken().isNumeric()) {
      throw wrongType();
    }
    try {
      return Optional.of(parser.getDoubleValue()).filter(Double::isFinite);
    } catch (JsonProcessingException _) {
      throw malformed();
    }
  }

  /**
   * The time that the walk stands on: seconds since 1970, or a text of ISO 8601; empty if it is of
   * another form.
   */
  public Optional<Instant> time() throws IOException {
    if (isText()) {
      return Timestamps.iso(text());
    }
    try {
      return number().map(seconds -> Instant.ofEpochMilli(Math.round(seconds * 1000)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  private JsonToken advance() throws IOException {
    JsonToken token = token();
    if (token == null) {
      throw malformed();
    }
    switch (token) {
      case START_OBJECT, START_ARRAY -> level++;
      case END_OBJECT, END_ARRAY -> level--;
      default -> {}
    }
    return token;
  }

  private void finish() throws IOException {
    if (token() != null) {
      throw malformed();
    }
    parser.close();
  }

  private JsonToken token() throws IOException {
    try {
      return parser.nextToken();
    } catch (JsonProcessingException _) {
      // What it says may quote the answer.
      throw malformed();
    }
  }

  private static UnreadableResponseException malformed() {
    return new UnreadableResponseException("malformed JSON, or beyond the limits");
  }

  private static UnreadableResponseException wrongType() {
    return new UnreadableResponseException("a value is not of its type");
  }
}
