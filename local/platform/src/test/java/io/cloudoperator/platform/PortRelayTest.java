package io.cloudoperator.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PortRelayTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final ServerSocket target = new ServerSocket(0, 50, LOOPBACK);
  private final PortRelay relay = PortRelay.start(LOOPBACK, target.getLocalPort());

  PortRelayTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    relay.close();
    target.close();
  }

  @Test
  void carriesWhatIsSentBothWaysAndItsEnd() throws IOException {
    try (Socket caller = new Socket(LOOPBACK, relay.port());
        Socket callee = target.accept()) {
      caller.getOutputStream().write("question".getBytes(StandardCharsets.UTF_8));
      caller.shutdownOutput();
      assertThat(text(callee.getInputStream())).isEqualTo("question");

      callee.getOutputStream().write("answer".getBytes(StandardCharsets.UTF_8));
      callee.shutdownOutput();
      assertThat(text(caller.getInputStream())).isEqualTo("answer");
    }
  }

  @Test
  void breaksOpenConnectionsOffWhenItIsClosed() throws IOException {
    try (Socket caller = new Socket(LOOPBACK, relay.port());
        Socket callee = target.accept()) {
      relay.close();

      assertThat(ended(callee)).isTrue();
      assertThat(ended(caller)).isTrue();
      assertThatThrownBy(() -> new Socket(LOOPBACK, relay.port())).isInstanceOf(IOException.class);
    }
  }

  @Test
  void refusesAnAddressThatIsNotThisMachines() {
    // https://www.rfc-editor.org/rfc/rfc5737: nobody has it.
    assertThatThrownBy(() -> PortRelay.start(InetAddress.ofLiteral("192.0.2.1"), 1))
        .isInstanceOf(BindException.class);
  }

  private static boolean ended(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() == -1;
    } catch (SocketException _) {
      return true;
    }
  }

  private static String text(InputStream input) throws IOException {
    return new String(input.readAllBytes(), StandardCharsets.UTF_8);
  }
}
