package io.cloudoperator.query;

import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.runtime.view.ConnectionView;
import java.util.List;
import java.util.Optional;

/**
 * Some of a tenant's connections.
 *
 * @param next given as {@code after}, brings the next page; absent on the last
 * @param unreadable how many of the page cannot be read; absent if there is none
 */
record ConnectionList(
    List<ConnectionView> connections, Optional<String> next, Optional<Integer> unreadable) {
  static ConnectionList of(ConnectionStore.Page page) {
    return new ConnectionList(
        page.connections().stream().map(ConnectionView::of).toList(),
        page.next().map(PageCursor::token),
        Unreadable.of(page.unreadable().size()));
  }
}
