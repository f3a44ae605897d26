package io.cloudoperator.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.cloudoperator.aws.Pages;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.Reading.Complete;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.metric.Counts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A region of very many pages: what it takes does not depend on how many there are. */
@Isolated
class LongRegionTest {
  private static final int PAGES = 120;
  private static final int INSTANCES = 1000;
  private static final int MEGABYTE = 1 << 20;

  @Test
  void keepsNothingOfThePagesThatItHasRead() throws IOException {
    List<Long> used = new ArrayList<>();
    try (Region region =
        new Region(asked -> {
          if (asked == 20 || asked == PAGES) {
            used.add(usedAfterCollection());
          }
        })) {
      Reading<Counts> read = region.read();

      assertThat(read)
          .isInstanceOfSatisfying(
              Complete.class,
              complete ->
                  assertThat(((Counts) complete.value()).total())
                      .isEqualTo((long) PAGES * INSTANCES));
      // What is kept of a page is its line in the ledger: for the 100 between them, some kilobytes.
      assertThat(used.getLast() - used.getFirst()).isLessThan(2 * MEGABYTE);
    }
  }

  /** Setting one up takes two round trips and TLS's arithmetic: as much as a page. */
  @Test
  void readsAllPagesOverOneConnection() throws IOException {
    try (Region region = new Region(_ -> {})) {
      region.read();

      assertThat(region.connections).hasSize(1);
    }
  }

  private static long usedAfterCollection() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Sends its pages in chunks, as EC2 does. */
  private static final class Region implements AutoCloseable {
    private final HttpServer server;
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private int asked;

    Region(java.util.function.IntConsumer onAsked) throws IOException {
      String[] instances =
          Stream.generate(() -> Pages.instance("running", "m7g.large", ""))
              .limit(INSTANCES)
              .toArray(String[]::new);
      byte[] more = Pages.instances("more-%05d", instances).body().getBytes(UTF_8);
      byte[] last = Pages.instances("", instances).body().getBytes(UTF_8);
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              exchange.getRequestBody().readAllBytes();
              connections.add(exchange.getRemoteAddress());
              onAsked.accept(++asked);
              exchange.sendResponseHeaders(200, 0);
              try (OutputStream body = exchange.getResponseBody()) {
                if (asked < PAGES) {
                  String page = new String(more, UTF_8).replace("%05d", String.valueOf(asked));
                  body.write(page.getBytes(UTF_8));
                } else {
                  body.write(last);
                }
                body.flush();
              }
            }
          });
      server.start();
    }

    Reading<Counts> read() {
      return Sessions.on(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
          .scanRegion(new RegionName("eu-west-1"))
          .outcome()
          .instances();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
