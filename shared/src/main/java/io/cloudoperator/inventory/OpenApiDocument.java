package io.cloudoperator.inventory;

import java.util.List;
import java.util.Map;

/**
 * APIs as one OpenAPI 3.1.0 document, in plain data: maps, lists, texts, numbers and truth values.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.0.html">OpenAPI 3.1.0</a>
 */
public final class OpenApiDocument {
  private OpenApiDocument() {}

  /**
   * Paths, methods, servers and security schemes. Of one API the paths are its own, and its
   * entrances the servers. Of several, each path begins with the host and the base path of its API,
   * and the server is {@code https:/}: OpenAPI appends a path to a server's URL as it stands, so
   * that each operation has its true address and two APIs that share a path do not collide. What
   * OpenAPI cannot say, such as a WebSocket API, is named in {@code x-cloudoperator-left-out}.
   *
   * @param title of the document
   */
  public static Map<String, Object> of(String title, List<Api> apis) {
    return new OpenApiWriter(title, apis).document();
  }
}
