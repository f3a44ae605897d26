package io.cloudoperator.query;

import io.cloudoperator.connection.ConnectionId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page of connections begins, as callers carry it from one page to the next. */
final class PageToken {
  private PageToken() {}

  /** The token for what comes after this connection. */
  static String after(ConnectionId last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(last.value().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The connection that the token names.
   *
   * @throws IllegalArgumentException if it is none of ours
   */
  static ConnectionId parse(String token) {
    try {
      return new ConnectionId(
          new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it is the \"next\" of the page before", e);
    }
  }
}
