package io.cloudoperator.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused, as RFC 9457 problem details.
 *
 * @param code with its status and title; stable, for programs
 * @param detail what is wrong with this request, for people
 * @param field the part of the request that is at fault, such as {@code roleArn}
 * @param more members of their own, such as {@code scanId}
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public record Problem(
    ProblemCode code, String detail, @Nullable String field, Map<String, Object> more) {
  public static final String CONTENT_TYPE = "application/problem+json";

  private static final String RETRY_AFTER = "retryAfter";

  public Problem {
    more = Map.copyOf(more);
  }

  /** A problem that no single field is the reason of. */
  public static Problem of(ProblemCode code, String detail) {
    return new Problem(code, detail, null, Map.of());
  }

  /** A field that cannot be used as it is: 400 {@code invalid_request}. */
  public static Problem field(String field, String detail) {
    return new Problem(ProblemCode.INVALID_REQUEST, detail, field, Map.of());
  }

  /** 404, the same whether it does not exist or belongs to another tenant. */
  public static Problem notFound(String what) {
    return of(ProblemCode.NOT_FOUND, "There is no such " + what + ".");
  }

  /** With the whole seconds after which the same request may succeed: one at least. */
  public Problem retryAfter(Duration wait) {
    return with(RETRY_AFTER, Math.max(1, wait.toSeconds()));
  }

  /** What {@link #retryAfter(Duration)} has said, if anything. */
  public Optional<String> retryAfter() {
    return Optional.ofNullable(more.get(RETRY_AFTER)).map(String::valueOf);
  }

  /** With one more member. */
  public Problem with(String name, Object value) {
    Map<String, Object> members = new LinkedHashMap<>(more);
    members.put(name, value);
    return new Problem(code, detail, field, members);
  }

  /** The members of the JSON object, in the order in which they are written. */
  public Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", "urn:cloudoperator:problem:" + code.code());
    members.put("title", code.title());
    members.put("status", code.status());
    members.put("detail", detail);
    members.put("code", code.code());
    if (field != null) {
      members.put("field", field);
    }
    if (code.retryable()) {
      members.put("retryable", true);
    }
    members.putAll(more);
    return members;
  }
}
