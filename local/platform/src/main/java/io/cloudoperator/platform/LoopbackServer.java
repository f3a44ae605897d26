package io.cloudoperator.platform;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP server on the loopback interface, with a virtual thread for each request: for the clients
 * of this process alone. What anyone else may send goes to the gateway's, for this one answers what
 * is not HTTP with pages of its own.
 */
public final class LoopbackServer implements AutoCloseable {
  static {
    // Read once, when the server's classes load. Without the first each answer waits for a delayed
    // acknowledgement; the others end a request that is not sent within 30 seconds, and bound
    // connections and headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxReqTime", "30");
    System.setProperty("jdk.httpserver.maxConnections", "512");
    System.setProperty("sun.net.httpserver.maxReqHeaderSize", "32768");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Duration grace;

  private LoopbackServer(HttpServer server, Duration grace) {
    this.server = server;
    this.grace = grace;
  }

  /**
   * Starts it.
   *
   * @param port 0 for any that is free
   * @param grace how long requests under way have left when it is closed
   * @throws java.net.BindException if the port is taken
   */
  public static LoopbackServer start(int port, Duration grace, HttpHandler handler)
      throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    LoopbackServer server = new LoopbackServer(http, grace);
    http.setExecutor(server.threads);
    http.createContext("/", handler);
    http.start();
    return server;
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Takes no more requests, and returns when those under way have ended or used up their grace. */
  @Override
  public void close() {
    server.stop(Math.toIntExact(grace.toSeconds()));
    threads.shutdownNow();
  }
}
