package io.cloudoperator.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * Takes TCP connections on another address of this machine to a port of the loopback interface, as
 * they are: for containers, whose loopback interface is their own.
 */
public final class PortRelay implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private PortRelay() throws IOException {}

  /**
   * Starts to listen on a free port.
   *
   * @param target the port of the loopback interface
   * @throws java.net.BindException if that is no address of this machine
   */
  public static PortRelay start(InetAddress address, int target) throws IOException {
    PortRelay relay = new PortRelay();
    try {
      relay.listener.bind(new InetSocketAddress(address, 0));
    } catch (IOException e) {
      relay.close();
      throw e;
    }
    relay.threads.execute(() -> relay.accept(target));
    return relay;
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  private void accept(int target) {
    while (true) {
      Socket caller;
      try {
        caller = listener.accept();
      } catch (IOException _) {
        // It is closed.
        return;
      }
      threads.execute(() -> relay(caller, target));
    }
  }

  private void relay(Socket caller, int target) {
    try (caller;
        Socket callee = new Socket(InetAddress.getLoopbackAddress(), target)) {
      // Without it each part of a message waits for the acknowledgement of the one before.
      caller.setTcpNoDelay(true);
      callee.setTcpNoDelay(true);
      Future<?> answers = threads.submit(() -> copy(callee, caller));
      copy(caller, callee);
      answers.get();
    } catch (IOException | ExecutionException | RejectedExecutionException _) {
      // The caller sees its connection end.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until one of the two ends; then no more is sent. */
  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException _) {
      // So does the other direction.
    }
  }

  /**
   * Takes no more connections, and breaks off those that are open: interruption closes a socket.
   */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException _) {
      // Then it listens no more.
    }
    threads.shutdownNow();
    // A port is free once nobody accepts on it.
    threads.close();
  }
}
