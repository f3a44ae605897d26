package io.cloudoperator.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * The path of a REST operation, such as {@code /restapis/{id}/resources}. An argument is a whole
 * segment, and whatever it is, it stays one.
 */
public final class RequestPath {
  public static final RequestPath ROOT = new RequestPath(List.of());

  private static final int LONGEST_ARGUMENT = 2048;

  private final List<String> segments;
  private final Set<String> variables;

  private RequestPath(List<String> segments) {
    this.segments = segments;
    this.variables =
        segments.stream()
            .flatMap(segment -> variable(segment).stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * A path in which names in braces stand for what a call has to give.
   *
   * @throws IllegalArgumentException unless it begins with a slash
   */
  public static RequestPath of(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("a path begins with /");
    }
    return new RequestPath(List.of(path.substring(1).split("/", -1)));
  }

  /** What has to be given for a call. */
  public Set<String> variables() {
    return variables;
  }

  public List<String> segments() {
    return segments;
  }

  public static Optional<String> variable(String segment) {
    return segment.startsWith("{") && segment.endsWith("}")
        ? Optional.of(segment.substring(1, segment.length() - 1))
        : Optional.empty();
  }

  /**
   * The path with these arguments, each encoded as a signature wants it: all but letters, digits
   * and {@code -._~}.
   *
   * @throws IllegalArgumentException if one of them is missing, or could be taken for more or less
   *     than a segment
   */
  public String with(Map<String, String> arguments) {
    StringBuilder path = new StringBuilder();
    for (String segment : segments) {
      path.append('/')
          .append(
              variable(segment)
                  .map(name -> SdkHttpUtils.urlEncode(segment(arguments.getOrDefault(name, ""))))
                  .orElse(segment));
    }
    return path.toString();
  }

  private static String segment(String argument) {
    if (argument.contains("/") || argument.contains("\\") || Set.of(".", "..").contains(argument)) {
      throw new IllegalArgumentException("an argument is not a segment of a path");
    }
    return checked(argument);
  }

  /**
   * What AWS gave, before it is sent back.
   *
   * @throws IllegalArgumentException if it is empty, endless, or has control characters
   */
  public static String checked(String argument) {
    if (argument.isEmpty()
        || argument.length() > LONGEST_ARGUMENT
        || argument
            .chars()
            .anyMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c))) {
      throw new IllegalArgumentException("an argument is empty, too long or unprintable");
    }
    return argument;
  }

  @Override
  public String toString() {
    return segments.isEmpty()
        ? "/"
        : Stream.concat(Stream.of(""), segments.stream()).collect(Collectors.joining("/"));
  }
}
