package io.cloudoperator.platform.gateway;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose requests do not begin. Jetty's idle timeout starts anew with each byte,
 * so a head that comes byte by byte would keep its connection for ever: here it ends when bytes
 * came in two terms, one after the other, and still no head was whole.
 */
final class SlowHeads implements Connection.Listener {
  private final ConcurrentMap<Connection, Progress> open = new ConcurrentHashMap<>();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final Scheduler scheduler;
  private final Duration term;

  /**
   * What a connection had brought when it was last looked at, and for how many terms bytes alone.
   */
  private record Progress(long requests, long bytes, int terms) {
    Progress then(Connection connection) {
      long requestsNow = connection.getMessagesIn();
      long bytesNow = connection.getBytesIn();
      boolean bytesAlone = requestsNow == requests && bytesNow > bytes;
      return new Progress(requestsNow, bytesNow, bytesAlone ? terms + 1 : 0);
    }
  }

  /**
   * For one connector.
   *
   * @param term the connector's idle timeout
   */
  SlowHeads(Scheduler scheduler, Duration term) {
    this.scheduler = scheduler;
    this.term = term;
  }

  @Override
  public void onOpened(Connection connection) {
    open.put(connection, new Progress(0, 0, 0));
    lookLater();
  }

  @Override
  public void onClosed(Connection connection) {
    open.remove(connection);
  }

  /** Only while there are connections: an idle gateway wakes nobody. */
  private void lookLater() {
    if (!open.isEmpty() && scheduler.isRunning() && looking.compareAndSet(false, true)) {
      scheduler.schedule(this::look, term.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    looking.set(false);
    open.replaceAll((connection, before) -> before.then(connection));
    open.forEach((connection, progress) -> {
      if (progress.terms() == 2) {
        connection.getEndPoint().close();
      }
    });
    lookLater();
  }
}
