package io.cloudoperator.runtime;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.json.Json;
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
import java.util.stream.Collectors;

/**
 * The JSON body of a request, read strictly into a record: a member for each component, those of
 * type {@code Optional} may be absent. Components are strings, booleans, whole numbers and enums;
 * what a string means is the use case's to say, by {@link #field}.
 *
 * <p>Every refusal names the member, and none repeats the content.
 *
 * @param <B> the record
 */
public final class Body<B extends Record> {
  /** The largest body that is read, in bytes. */
  public static final int LARGEST = 16 * 1024;

  private static final int SHOWN = 64;

  private final Class<B> type;
  private final Map<String, Member> members = new LinkedHashMap<>();

  Body(Class<B> type) {
    this.type = type;
    for (RecordComponent component : type.getRecordComponents()) {
      members.put(component.getName(), Member.of(component.getGenericType()));
    }
  }

  B read(Request request) {
    String text = request.body();
    request.header("content-type").ifPresent(Body::requireJson);
    ObjectNode object = parse(text);
    for (Map.Entry<String, JsonNode> given : object.properties()) {
      if (!members.containsKey(given.getKey())) {
        throw new ProblemException(
            Problem.field(
                shown(given.getKey()),
                members.isEmpty()
                    ? "There is no such member; this request takes none."
                    : "There is no such member; this request takes "
                        + String.join(", ", members.keySet())
                        + "."));
      }
    }
    members.forEach((name, member) -> member.check(name, object.path(name)));
    try {
      return Json.MAPPER.treeToValue(object, type);
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
          Problem.of(
              415,
              "unsupported_media_type",
              "The body is not JSON",
              "Send the body as JSON, with the header content-type: application/json."));
    }
  }

  private static ObjectNode parse(String text) {
    JsonNode root;
    try {
      root = Json.MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw malformed(e);
    }
    if (root instanceof ObjectNode object) {
      return object;
    }
    throw new ProblemException(
        Problem.of(
            400,
            "malformed_body",
            "The body cannot be read",
            root.isMissingNode()
                ? "The body is empty; it must be a JSON object."
                : "The body must be a JSON object."));
  }

  private static ProblemException malformed(JacksonException e) {
    String message = String.valueOf(e.getOriginalMessage());
    String what =
        message.startsWith("Duplicate field")
            ? "names a member twice"
            : message.contains("nesting depth") ? "is nested too deeply" : "is not JSON";
    JsonLocation at = e.getLocation();
    return new ProblemException(
        Problem.of(
            400,
            "malformed_body",
            "The body cannot be read",
            at == null
                ? "The body " + what + "."
                : "The body %s, at line %d, column %d."
                    .formatted(what, at.getLineNr(), at.getColumnNr())));
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

  static ProblemException tooLarge() {
    return new ProblemException(
        Problem.of(
            413,
            "body_too_large",
            "The body is too large",
            "The body may have " + LARGEST + " bytes at most."));
  }

  static ProblemException notText() {
    return new ProblemException(
        Problem.of(
            400, "malformed_body", "The body cannot be read", "The body is not text in UTF-8."));
  }

  /**
   * What a member may be.
   *
   * @param expected as a caller is told
   */
  private record Member(boolean optional, String expected, Function<JsonNode, Boolean> fits) {
    static Member of(Type type) {
      if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
        Member inner = of(generic.getActualTypeArguments()[0]);
        return new Member(true, inner.expected, inner.fits);
      }
      if (type == String.class) {
        return new Member(false, "a string", JsonNode::isTextual);
      }
      if (type == boolean.class || type == Boolean.class) {
        return new Member(false, "true or false", JsonNode::isBoolean);
      }
      if (type == int.class || type == Integer.class) {
        return new Member(
            false, "a whole number", node -> node.isIntegralNumber() && node.canConvertToInt());
      }
      if (type instanceof Class<?> enumeration && enumeration.isEnum()) {
        List<String> allowed =
            Arrays.stream(enumeration.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .toList();
        return new Member(
            false,
            allowed.stream().map(name -> '"' + name + '"').collect(Collectors.joining(" or ")),
            node -> node.isTextual() && allowed.contains(node.textValue()));
      }
      throw new IllegalArgumentException("a body has no members of " + type);
    }

    void check(String name, JsonNode node) {
      if (node.isMissingNode() || node.isNull()) {
        if (!optional) {
          throw new ProblemException(
              Problem.field(name, "It is missing; it must be " + expected + "."));
        }
      } else if (!fits.apply(node)) {
        throw new ProblemException(Problem.field(name, "It must be " + expected + "."));
      }
    }
  }
}
