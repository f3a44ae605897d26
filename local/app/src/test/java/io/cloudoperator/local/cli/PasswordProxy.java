package io.cloudoperator.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A proxy that asks for a password and then lets nobody through. */
final class PasswordProxy implements AutoCloseable {
  private static final String CREDENTIALS = "proxy-authorization: ";

  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

  PasswordProxy() throws IOException {
    Thread.ofVirtual().start(this::serve);
  }

  String hostAndPort() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** What a variable names it by. */
  String address(String user) {
    return "http://" + user + hostAndPort();
  }

  /** The lines that it was sent, in lower case but for credentials. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  /** The line that sends these. */
  static String credentials(String userAndPassword) {
    return CREDENTIALS
        + "Basic "
        + Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));
  }

  private void serve() {
    try {
      while (true) {
        try (Socket client = socket.accept()) {
          answer(client);
        }
      }
    } catch (SocketException _) {
      // It was closed.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(Socket client) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
    boolean signedIn = false;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      String lower = line.toLowerCase(Locale.ROOT);
      boolean credentials = lower.startsWith(CREDENTIALS);
      heard.add(credentials ? CREDENTIALS + line.substring(CREDENTIALS.length()) : lower);
      signedIn |= credentials;
    }
    String answer =
        signedIn
            ? "HTTP/1.1 403 Forbidden"
            : "HTTP/1.1 407 Who is it?\r\nProxy-Authenticate: Basic realm=\"proxy\"";
    client
        .getOutputStream()
        .write((answer + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
