package io.cloudoperator.platform.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudoperator.platform.template.Trigger.HttpRoute;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not HTTP, or more than is taken, gets a problem that tells nothing of the server. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MalformedRequestsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String HOST = "Host: 127.0.0.1\r\n";
  private static final String CHUNKED =
      "POST /open HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n";

  private final HttpApiGateway gateway = gateway();

  private static HttpApiGateway gateway() {
    List<HttpRoute> routes =
        Stream.of("GET", "POST")
            .map(
                method -> new HttpRoute("Open", "Api", method, "/open", Optional.empty(), Set.of()))
            .toList();
    try {
      return HttpApiGateway.start(
          new HttpApiGateway.Settings(
              0,
              routes,
              Map.of(),
              (_, _) -> "{\"statusCode\":200,\"body\":\"ok\"}",
              Map.of(),
              InstantSource.system()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  static Stream<Arguments> malformed() {
    String get = "GET /open HTTP/1.1\r\n";
    return Stream.of(
        Arguments.of("no HTTP at all", "hello\r\n\r\n", 400),
        Arguments.of("TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n", 400),
        Arguments.of("a line with no version", "GET /open\r\n\r\n", 505),
        Arguments.of("an unknown version", "GET /open HTTP/9.9\r\n" + HOST + "\r\n", 505),
        Arguments.of("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 426),
        Arguments.of("a method of controls", "G\u0001T /open HTTP/1.1\r\n" + HOST + "\r\n", 400),
        Arguments.of("no host", get + "\r\n", 400),
        Arguments.of("two hosts", get + HOST + HOST + "\r\n", 400),
        Arguments.of("a host that is none", get + "Host: a b:c\r\n\r\n", 400),
        Arguments.of("a header with no colon", get + HOST + "header\r\n\r\n", 400),
        Arguments.of("a header with a blank name", get + HOST + ": x\r\n\r\n", 400),
        Arguments.of("a header's name with blanks", get + HOST + "a b : x\r\n\r\n", 400),
        Arguments.of("a header of NUL", get + HOST + "a: \u0000\r\n\r\n", 400),
        Arguments.of("a folded header", get + HOST + "a: x\r\n y\r\n\r\n", 400),
        Arguments.of("a percent of nothing", "GET /%zz HTTP/1.1\r\n" + HOST + "\r\n", 400),
        Arguments.of("a percent in a query", "GET /open?%a HTTP/1.1\r\n" + HOST + "\r\n", 400),
        Arguments.of("an address of NUL", "GET /\u0000 HTTP/1.1\r\n" + HOST + "\r\n", 400),
        Arguments.of(
            "a method of CONNECT", "CONNECT a.example:443 HTTP/1.1\r\n" + HOST + "\r\n", 400),
        Arguments.of("a length that is none", get + HOST + "Content-Length: x\r\n\r\n", 400),
        Arguments.of("a negative length", get + HOST + "Content-Length: -1\r\n\r\n", 400),
        Arguments.of(
            "two lengths", get + HOST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
        Arguments.of(
            "a length beside chunks",
            get + HOST + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400),
        Arguments.of(
            "an unknown coding", get + HOST + "Transfer-Encoding: gzip\r\n\r\n0\r\n\r\n", 400),
        Arguments.of("a chunk with no size", CHUNKED + "x\r\n\r\n", 400),
        Arguments.of("a chunk that is too long", CHUNKED + "1\r\nabc\r\n0\r\n\r\n", 400),
        Arguments.of("a chunk beyond all numbers", CHUNKED + "fffffffffffffffff\r\n", 400),
        Arguments.of("an expectation", get + HOST + "Expect: more\r\n\r\n", 417),
        Arguments.of("a long address", "GET /" + "x".repeat(40_000) + " HTTP/1.1\r\n\r\n", 414),
        Arguments.of("a long header", get + HOST + "a: " + "x".repeat(40_000) + "\r\n\r\n", 431),
        Arguments.of("many headers", get + HOST + "a: x\r\n".repeat(10_000) + "\r\n", 431));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void answersWithAProblem(String what, String request, int status) throws IOException {
    assertProblem(answer(request), status);
  }

  @Test
  void answersWhateverIsSentWithAProblemOrAsItIs() throws IOException {
    Random random = new Random(53);
    String whole = "POST /open?a=b HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\nA: b\r\n\r\n{}";
    String marks = "\r\n\t :;,/?%=\"\\\u0000\u0001\u007f\u00e9\u00ffAZaz09";
    for (int i = 0; i < 500; i++) {
      StringBuilder damaged = new StringBuilder(whole);
      for (int changes = random.nextInt(3); changes >= 0; changes--) {
        int at = random.nextInt(damaged.length());
        char mark = marks.charAt(random.nextInt(marks.length()));
        if (random.nextBoolean()) {
          damaged.setCharAt(at, mark);
        } else {
          damaged.insert(at, mark);
        }
      }
      String answer = answer(damaged.toString());
      if (!answer.isEmpty() && !answer.startsWith("HTTP/1.1 200 ")) {
        assertProblem(answer, Integer.parseInt(answer.substring(9, 12)));
      }
    }
  }

  @Test
  void sendsNoNameOfTheServerWithAnAnswerEither() throws IOException {
    String answer = answer("GET /open HTTP/1.1\r\n" + HOST + "\r\n");

    assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("ok");
    assertThat(answer.toLowerCase(java.util.Locale.ROOT)).doesNotContain("server:", "powered");
  }

  @Test
  void refusesALongBodyBeforeItIsSent() throws IOException {
    String answer =
        answer(
            "POST /open HTTP/1.1\r\n"
                + HOST
                + "Content-Length: 99999999999\r\nExpect: 100-continue\r\n\r\n");

    assertProblem(answer, 413);
  }

  @Test
  void closesASilentConnectionAndOneWhoseHeadComesByteByByte() throws Exception {
    try (GatewayServer server =
            server(
                Duration.ofSeconds(1),
                (_, _, callback) -> {
                  callback.succeeded();
                  return true;
                });
        Socket silent = connect(server);
        Socket slow = connect(server)) {
      CountDownLatch closed = new CountDownLatch(1);
      Thread.ofVirtual().start(() -> dripUntilClosed(slow, closed));

      assertThat(silent.getInputStream().readAllBytes()).isEmpty();
      assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void dripUntilClosed(Socket slow, CountDownLatch closed) {
    try {
      slow.getOutputStream().write("GET / HTTP/1.1\r\nA: ".getBytes(ISO_8859_1));
      for (int i = 0; i < 1000; i++) {
        slow.getOutputStream().write('x');
        Thread.sleep(20);
      }
    } catch (IOException _) {
      closed.countDown();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void waitsForAHandlerLongerThanForAClient() throws Exception {
    try (GatewayServer server =
            server(
                Duration.ofMillis(200),
                (_, response, callback) -> {
                  new CountDownLatch(1).await(900, TimeUnit.MILLISECONDS);
                  GatewayResponse.message(404, "Not Found").send(response, callback, "id");
                  return true;
                });
        Socket socket = connect(server)) {
      socket.getOutputStream().write(("GET / HTTP/1.1\r\n" + HOST + "\r\n").getBytes(ISO_8859_1));

      assertProblem(new String(socket.getInputStream().readAllBytes(), ISO_8859_1), 404);
    }
  }

  @Test
  void letsARequestEndWhenItIsClosed() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    GatewayServer server =
        server(
            Duration.ofSeconds(30),
            (_, response, callback) -> {
              begun.countDown();
              new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS);
              ended.set(true);
              GatewayResponse.message(404, "Not Found").send(response, callback, "id");
              return true;
            });
    try (Socket socket = connect(server)) {
      socket.getOutputStream().write(("GET / HTTP/1.1\r\n" + HOST + "\r\n").getBytes(ISO_8859_1));
      begun.await();
      server.close();

      assertThat(ended).isTrue();
      assertProblem(new String(socket.getInputStream().readAllBytes(), ISO_8859_1), 404);
    }
  }

  private static GatewayServer server(Duration patience, Request.Handler handler)
      throws IOException {
    return GatewayServer.start(
        0,
        patience,
        Duration.ofSeconds(5),
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            return handler.handle(request, response, callback);
          }
        });
  }

  private static Socket connect(GatewayServer server) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.url().getPort());
  }

  /** Empty where the server ends the connection without one, as for a request that is cut off. */
  private String answer(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.url().getPort())) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (SocketException _) {
      return "";
    }
  }

  private static void assertProblem(String answer, int status) throws IOException {
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
    String body = answer.substring(head.length() + 4);
    assertThat(head.toLowerCase(java.util.Locale.ROOT))
        .contains("content-type: application/problem+json")
        .doesNotContain("server:", "powered");
    JsonNode problem = MAPPER.readTree(body);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("message").asText()).isNotEmpty();
    assertThat(body.toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("jetty", "java", "exception", "<", "org.", "xxxx");
  }
}
