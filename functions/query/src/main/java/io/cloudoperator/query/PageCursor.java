package io.cloudoperator.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import io.cloudoperator.json.Json;
import java.util.Base64;
import java.util.function.Function;

/**
 * Where a page begins, as callers carry it from one page to the next: JSON in base64url. What is in
 * it, each list says.
 */
final class PageCursor {
  /** Of a token; what a list writes into one is bounded by ids. */
  static final int LONGEST = 2_048;

  private static final String FORM = "it is the \"next\" of the page before";

  private PageCursor() {}

  static String token(Object cursor) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.write(cursor).getBytes(UTF_8));
  }

  /**
   * Reads what {@link #token} wrote.
   *
   * @return throws IllegalArgumentException if a token is none of ours, or of another list
   */
  static <T> Function<String, T> of(Class<T> type) {
    return token -> {
      if (token.length() > LONGEST) {
        throw new IllegalArgumentException(FORM);
      }
      try {
        return Json.STRICT.readValue(new String(Base64.getUrlDecoder().decode(token), UTF_8), type);
      } catch (IllegalArgumentException | JacksonException e) {
        throw new IllegalArgumentException(FORM, e);
      }
    };
  }

  /** Refuses a number of what was shown before that no page has written. */
  static void requireCount(int shown) {
    if (shown < 0) {
      throw new IllegalArgumentException("less than nothing was shown");
    }
  }
}
