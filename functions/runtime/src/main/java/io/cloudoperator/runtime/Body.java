package io.cloudoperator.runtime;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The JSON body of a request, read strictly into a record: a member for each component, those of
 * type {@code Optional} may be absent. Components are strings, booleans, whole numbers and enums,
 * records of these, and lists; what a string means is the use case's to say, by {@link #field}.
 *
 * <p>Every refusal names the member, and none repeats the content.
 *
 * @param <B> the record
 */
public final class Body<B extends Record> {
  /** The largest body that is read, in bytes, unless a route takes larger ones. */
  public static final int LARGEST = 16 * 1024;

  private static final int SHOWN = 64;

  private final Class<B> type;
  private final int largest;
  private final Members members;

  Body(Class<B> type) {
    this(type, LARGEST);
  }

  Body(Class<B> type, int largest) {
    this.type = type;
    this.largest = largest;
    this.members = Members.of(type);
  }

  B read(Request request) {
    String text = request.text(largest);
    request.header("content-type").ifPresent(Body::requireJson);
    ObjectNode object = parse(text);
    members.check("", object);
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
    JsonNode root;
    try {
      root = Json.STRICT.readTree(text);
    } catch (JacksonException e) {
      throw malformed(e);
    }
    if (root instanceof ObjectNode object) {
      return object;
    }
    throw new ProblemException(
        ProblemCode.MALFORMED_BODY,
        root.isMissingNode()
            ? "The body is empty; it must be a JSON object."
            : "The body must be a JSON object.");
  }

  private static ProblemException malformed(JacksonException e) {
    String message = String.valueOf(e.getOriginalMessage());
    String what =
        message.startsWith("Duplicate field")
            ? "names a member twice"
            : message.contains("nesting depth") ? "is nested too deeply" : "is not JSON";
    JsonLocation at = e.getLocation();
    return new ProblemException(
        ProblemCode.MALFORMED_BODY,
        at == null
            ? "The body " + what + "."
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

  /** Checks the value of a member, or ends the request with a problem that names it. */
  private interface Form {
    void check(String name, JsonNode node);
  }

  /** The members of a record, by their names. */
  private record Members(Map<String, Member> byName) implements Form {
    static Members of(Class<?> type) {
      Map<String, Member> members = new LinkedHashMap<>();
      for (RecordComponent component : type.getRecordComponents()) {
        members.put(component.getName(), Member.of(component.getGenericType()));
      }
      return new Members(members);
    }

    @Override
    public void check(String path, JsonNode node) {
      if (!(node instanceof ObjectNode object)) {
        throw new ProblemException(Problem.field(path, "It must be a JSON object."));
      }
      String prefix = path.isEmpty() ? "" : path + ".";
      for (Map.Entry<String, JsonNode> given : object.properties()) {
        if (!byName.containsKey(given.getKey())) {
          throw new ProblemException(
              Problem.field(
                  prefix + shown(given.getKey()),
                  byName.isEmpty()
                      ? "There is no such member; this request takes none."
                      : "There is no such member; "
                          + (path.isEmpty() ? "this request" : path)
                          + " takes "
                          + String.join(", ", byName.keySet())
                          + "."));
        }
      }
      byName.forEach((name, member) -> member.check(prefix + name, object.path(name)));
    }
  }

  /**
   * What a member may be.
   *
   * @param expected as a caller is told
   */
  private record Member(boolean optional, String expected, Form form) {
    static Member of(Type type) {
      if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
        Member inner = of(generic.getActualTypeArguments()[0]);
        return new Member(true, inner.expected, inner.form);
      }
      if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
        return list(of(generic.getActualTypeArguments()[0]));
      }
      if (type == String.class) {
        return scalar("a string", JsonNode::isTextual);
      }
      if (type == boolean.class || type == Boolean.class) {
        return scalar("true or false", JsonNode::isBoolean);
      }
      if (type == int.class || type == Integer.class) {
        return scalar("a whole number", node -> node.isIntegralNumber() && node.canConvertToInt());
      }
      if (type instanceof Class<?> enumeration && enumeration.isEnum()) {
        List<String> allowed =
            Arrays.stream(enumeration.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .toList();
        return scalar(
            allowed.stream().map(name -> '"' + name + '"').collect(Collectors.joining(" or ")),
            node -> node.isTextual() && allowed.contains(node.textValue()));
      }
      if (type instanceof Class<?> nested && nested.isRecord()) {
        return new Member(false, "a JSON object", Members.of(nested));
      }
      throw new IllegalArgumentException("a body has no members of " + type);
    }

    private static Member scalar(String expected, Predicate<JsonNode> fits) {
      return new Member(
          false,
          expected,
          (name, node) -> {
            if (!fits.test(node)) {
              throw new ProblemException(Problem.field(name, "It must be " + expected + "."));
            }
          });
    }

    private static Member list(Member element) {
      return new Member(
          false,
          "a list",
          (name, node) -> {
            if (!node.isArray()) {
              throw new ProblemException(Problem.field(name, "It must be a list."));
            }
            for (int i = 0; i < node.size(); i++) {
              element.check(name + "[" + i + "]", node.path(i));
            }
          });
    }

    void check(String name, JsonNode node) {
      if (node.isMissingNode() || node.isNull()) {
        if (!optional) {
          throw new ProblemException(
              Problem.field(name, "It is missing; it must be " + expected + "."));
        }
      } else {
        form.check(name, node);
      }
    }
  }
}
