package io.cloudoperator.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The APIs that an account's owner knows of, as the owner declares them.
 *
 * @param entries in the order in which they were declared
 */
public record Catalog(List<Entry> entries, Instant declaredAt) {
  public Catalog {
    entries = List.copyOf(entries);
  }

  /**
   * An API: by its id, or by a host under which it is called. Exactly one of the two is there.
   *
   * @param routes the keys of its routes, such as {@code GET /orders/{id}}; empty if they are not
   *     declared one by one
   */
  public record Entry(Optional<ApiId> id, Optional<String> host, List<String> routes) {
    /**
     * @throws IllegalArgumentException unless it has an id or a host, and not both
     */
    public Entry {
      if (id.isPresent() == host.isPresent()) {
        throw new IllegalArgumentException("an entry has either an id or a host");
      }
      routes = List.copyOf(routes);
    }
  }
}
