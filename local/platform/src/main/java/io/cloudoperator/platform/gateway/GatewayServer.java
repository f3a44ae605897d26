package io.cloudoperator.platform.gateway;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Jetty on the loopback interface, with a virtual thread for each request: bounds connections and
 * their time and heads, and answers itself what is not HTTP, by {@link MalformedRequests}.
 */
final class GatewayServer implements AutoCloseable {
  /**
   * Request line and headers together, in bytes. API Gateway takes 10,240; a browser brings the
   * cookies of every other program on this machine along.
   */
  static final int LARGEST_HEAD = 32_768;

  private static final int MOST_CONNECTIONS = 512;

  private final Server server;
  private final ServerConnector connector;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();

  private GatewayServer(int port, Duration patience, Duration grace, Handler handler) {
    QueuedThreadPool threads = new QueuedThreadPool(4, 1);
    threads.setName("gateway");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    threads.setVirtualThreadsExecutor(requests);
    server = new Server(threads);
    connector = new ServerConnector(server, 0, 1, new HttpConnectionFactory(http()));
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setPort(port);
    connector.setIdleTimeout(patience.toMillis());
    // Whoever keeps a connection for another request is not waited for; one that is answered is.
    connector.setShutdownIdleTimeout(1);
    connector.addBean(new SlowHeads(connector.getScheduler(), patience));
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
    server.setErrorHandler(new MalformedRequests());
    server.setHandler(new GracefulHandler(handler));
    server.setStopTimeout(grace.toMillis());
  }

  private static HttpConfiguration http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(LARGEST_HEAD);
    // What a path means is the function's business, as behind API Gateway: %2F is part of a value.
    http.setUriCompliance(UriCompliance.UNSAFE);
    return http;
  }

  /**
   * Starts it.
   *
   * @param port 0 for any that is free
   * @param patience how long a connection may be silent, and about how long a head may take
   * @param grace how long requests under way have left when it is closed
   * @throws PortInUseException if another program listens on the port
   */
  static GatewayServer start(int port, Duration patience, Duration grace, Handler handler)
      throws IOException {
    GatewayServer gateway = new GatewayServer(port, patience, grace, handler);
    try {
      gateway.connector.open();
      gateway.server.start();
      return gateway;
    } catch (Exception e) {
      gateway.close();
      if (e.getCause() instanceof BindException) {
        throw new PortInUseException(port, e);
      }
      throw new IOException("The gateway did not start", e);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  /** Takes no more requests, and returns when those under way have ended or used up their grace. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception _) {
      // Requests under way have used up their grace.
    }
    connector.close();
    requests.shutdownNow();
  }
}
