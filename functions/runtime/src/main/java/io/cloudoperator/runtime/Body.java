package io.cloudoperator.runtime;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The JSON body of a request, read strictly into a record: a member for each component, those of
 * type {@code Optional} may be absent, and none may be null. Components are strings, booleans,
 * whole numbers and enums, records of these, and lists; what a string means is the use case's to
 * say, by {@link #field}.
 *
 * <p>Every refusal names the member, and none repeats the content.
 *
 * @param <B> the record
 */
public final class Body<B extends Record> {
  /** The largest body that is read, in bytes, unless a route takes larger ones. */
  public static final int LARGEST = 16 * 1024;

  private static final int SHOWN = 64;

  // That a member is there twice has an exception of its own in trees only.
  private static final JsonMapper TREES =
      Json.STRICT
          .rebuild()
          .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private final Class<B> type;
  private final int largest;

  Body(Class<B> type) {
    this(type, LARGEST);
  }

  Body(Class<B> type, int largest) {
    this.type = type;
    this.largest = largest;
    for (RecordComponent component : type.getRecordComponents()) {
      Form.of(component.getGenericType());
    }
  }

  B read(Request request) {
    String text = request.text(largest);
    request.header("content-type").ifPresent(Body::requireJson);
    ObjectNode object = parse(text);
    members("", type, object);
    try {
      return Json.STRICT.treeToValue(object, type);
    } catch (JacksonException e) {
      // Whatever a caller may send was checked above.
      throw new IllegalStateException("a body of the right form does not become a record", e);
    }
  }

  private static void requireJson(String contentType) {
    String mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!mediaType.equals("application/json")
        && !mediaType.matches("application/[\\w.-]+\\+json")) {
      throw new ProblemException(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE,
          "Send the body as JSON, with the header content-type: application/json.");
    }
  }

  private static ObjectNode parse(String text) {
    try (JsonParser parser = TREES.createParser(text)) {
      JsonNode root = TREES.readTree(parser);
      if (parser.nextToken() != null) {
        throw malformed("is not JSON", parser.currentTokenLocation());
      }
      if (root instanceof ObjectNode object) {
        return object;
      }
      throw new ProblemException(
          ProblemCode.MALFORMED_BODY,
          root == null || root.isMissingNode()
              ? "The body is empty; it must be a JSON object."
              : "The body must be a JSON object.");
    } catch (StreamConstraintsException e) {
      throw malformed("is nested too deeply, or has a number that is too long", e.getLocation());
    } catch (MismatchedInputException e) {
      throw malformed("names a member twice", e.getLocation());
    } catch (JacksonException e) {
      throw malformed("is not JSON", e.getLocation());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProblemException malformed(String what, @Nullable JsonLocation at) {
    return new ProblemException(
        ProblemCode.MALFORMED_BODY,
        at == null
            ? "The body %s.".formatted(what)
            : "The body %s, at line %d, column %d."
                .formatted(what, at.getLineNr(), at.getColumnNr()));
  }

  /**
   * A member or parameter as a value of ours.
   *
   * @throws ProblemException 400 that names it and says what {@code parse} has against it
   */
  public static <T> T field(String name, String value, Function<String, T> parse) {
    try {
      return parse.apply(value);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.field(name, sentence(String.valueOf(e.getMessage()))));
    }
  }

  private static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
  }

  /** A name that a caller sent, short enough to be repeated. */
  static String shown(String name) {
    return name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "…";
  }

  static ProblemException tooLarge(int most) {
    return new ProblemException(
        ProblemCode.BODY_TOO_LARGE, "The body may have " + most + " bytes at most.");
  }

  static ProblemException notText() {
    return new ProblemException(ProblemCode.MALFORMED_BODY, "The body is not text in UTF-8.");
  }

  /** Checks the members of a record, or ends the request with a problem that names one. */
  private static void members(String path, Class<?> type, JsonNode object) {
    String prefix = path.isEmpty() ? "" : path + ".";
    Map<String, Type> members = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      members.put(component.getName(), component.getGenericType());
    }
    for (Map.Entry<String, JsonNode> given : object.properties()) {
      if (!members.containsKey(given.getKey())) {
        throw new ProblemException(
            Problem.field(
                prefix + shown(given.getKey()),
                members.isEmpty()
                    ? "There is no such member; this request takes none."
                    : "There is no such member; %s takes %s."
                        .formatted(
                            path.isEmpty() ? "this request" : path,
                            String.join(", ", members.keySet()))));
      }
    }
    members.forEach((name, member) -> member(prefix + name, member, object.path(name)));
  }

  private static void member(String path, Type type, JsonNode node) {
    boolean absent = node.isMissingNode() || node.isNull();
    Optional<Type> optional = argument(type, Optional.class);
    if (optional.isPresent()) {
      if (node.isNull()) {
        throw new ProblemException(
            Problem.field(
                path,
                "It must be " + Form.of(type).expected() + "; leave it out where there is none."));
      }
      if (!absent) {
        member(path, optional.get(), node);
      }
      return;
    }
    Form form = Form.of(type);
    if (absent || !form.fits().test(node)) {
      throw new ProblemException(
          Problem.field(
              path,
              (absent ? "It is missing; it must be " : "It must be ") + form.expected() + "."));
    }
    if (type instanceof Class<?> nested && nested.isRecord()) {
      members(path, nested, node);
    }
    argument(type, List.class)
        .ifPresent(element -> {
          for (int i = 0; i < node.size(); i++) {
            member(path + "[" + i + "]", element, node.path(i));
          }
        });
  }

  /** What there is an optional one of, or a list. */
  private static Optional<Type> argument(Type type, Class<?> raw) {
    return type instanceof ParameterizedType generic && generic.getRawType() == raw
        ? Optional.of(generic.getActualTypeArguments()[0])
        : Optional.empty();
  }

  /**
   * What a member may be.
   *
   * @param expected as a caller is told
   */
  private record Form(String expected, Predicate<JsonNode> fits) {
    /**
     * @throws IllegalArgumentException if no member can be of this type
     */
    static Form of(Type type) {
      Optional<Type> optional = argument(type, Optional.class);
      if (optional.isPresent()) {
        return of(optional.get());
      }
      if (argument(type, List.class).isPresent()) {
        return new Form("a list", JsonNode::isArray);
      }
      if (type == String.class) {
        return new Form("a string", JsonNode::isTextual);
      }
      if (type == boolean.class || type == Boolean.class) {
        return new Form("true or false", JsonNode::isBoolean);
      }
      if (type == int.class || type == Integer.class) {
        return new Form(
            "a whole number", node -> node.isIntegralNumber() && node.canConvertToInt());
      }
      if (type instanceof Class<?> enumeration && enumeration.isEnum()) {
        List<String> words =
            Arrays.stream(enumeration.getEnumConstants())
                .map(constant -> Choice.word((Enum<?>) constant))
                .toList();
        return new Form(
            words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(" or ")),
            node -> node.isTextual() && words.contains(node.textValue()));
      }
      if (type instanceof Class<?> nested && nested.isRecord()) {
        return new Form("a JSON object", JsonNode::isObject);
      }
      throw new IllegalArgumentException("a body has no members of " + type);
    }
  }
}
