package io.cloudoperator.sample.wire;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The one port that all services answer on: plain HTTP, loopback only. */
public final class WireServer implements AutoCloseable {

  private static final int BACKLOG = 1024;

  static {
    // Read once, when the JDK's server is first used: without it each answer waits for an ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
  }

  private final HttpServer server;
  private final ExecutorService threads;

  private WireServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts to listen.
   *
   * @param port 0 for any that is free
   * @throws IOException if the port is taken
   */
  public static WireServer start(int port, Gateway gateway) throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port),
            BACKLOG);
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("sample-aws-", 0).factory());
    server.createContext("/", gateway);
    server.setExecutor(threads);
    server.start();
    return new WireServer(server, threads);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Stops at once; answers on their way break off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
