package io.cloudoperator.query;

import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.runtime.view.ConnectionView;
import java.util.List;
import java.util.Optional;

/**
 * Some of a tenant's connections.
 *
 * @param next given as {@code after}, brings the next page; absent on the last
 */
record ConnectionList(List<ConnectionView> connections, Optional<String> next) {
  static ConnectionList of(ConnectionStore.Page page) {
    return new ConnectionList(
        page.connections().stream().map(ConnectionView::of).toList(),
        page.next().map(PageCursor::token));
  }
}
