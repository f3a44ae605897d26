package io.cloudoperator.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.RateLimiter;
import io.cloudoperator.aws.RegionClient;
import io.cloudoperator.aws.Sleeper;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.Reading.Complete;
import io.cloudoperator.concurrent.ParallelMap;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.apigateway.ApiGateway;
import io.cloudoperator.service.apigateway.RestApi;
import io.cloudoperator.service.apigateway.RestApiReader;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** How long the largest account takes, at a round trip of the farthest region. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FiveHundredApisTest {
  private static final int APIS = 500;
  private static final Duration ROUND_TRIP = Duration.ofMillis(250);

  /** What an Express execution has for it. */
  private static final Duration MOST = Duration.ofSeconds(235);

  private static final String LIST =
      IntStream.range(0, APIS)
          .mapToObj("{\"id\":\"a%1$d\",\"name\":\"api %1$d\"}"::formatted)
          .collect(joining(",", "{\"item\":[", "]}"));
  private static final String FIFTY_ROUTES =
      IntStream.range(0, 50)
          .mapToObj(
              "{\"path\":\"/r%d\",\"resourceMethods\":{\"GET\":{\"authorizationType\":\"CUSTOM\",\"authorizerId\":\"z\"}}}"
                  ::formatted)
          .collect(joining(",", "{\"item\":[", "]}"));

  @Test
  void areReadInTimeWithTheirRoutesStagesAndAuthorizers() {
    ModelTime time = new ModelTime();
    RateLimiter pace = new RateLimiter(time, time);
    AwsClient.Transport transport =
        new AwsClient.Transport(new FarAway(time), Optional.empty(), Sessions::retries);
    Reading<List<RestApi>> read;
    try (AwsClient client =
        new AwsClient(
            ApiGateway.SERVICE,
            new RegionName("ap-southeast-7"),
            Sessions.CREDENTIALS,
            Manifest.operations(Tier.AUDIT),
            transport,
            List.of(pace))) {
      RegionClient region =
          new RegionClient() {
            @Override
            public <T> Reading<T> ask(AwsService service, Function<AwsClient, T> question) {
              return new Complete<>(question.apply(client));
            }
          };
      read = region.askEach(ApiGateway.SERVICE, RestApiReader::read);
    }

    assertThat(read)
        .isInstanceOfSatisfying(
            Complete.class, complete -> assertThat((List<?>) complete.value()).hasSize(APIS));
    assertThat(time.passed()).isLessThan(MOST).isGreaterThan(Duration.ofSeconds(220));
  }

  /** Time that passes only while all who are at work wait for it. */
  private static final class ModelTime implements InstantSource, Sleeper {
    private final PriorityQueue<Waiter> waiters =
        new PriorityQueue<>(Comparator.comparing(Waiter::until));
    private Instant now = Sessions.NOW;
    private int atWork = 1;

    private record Waiter(Instant until, Thread who) {}

    @Override
    public synchronized Instant instant() {
      return now;
    }

    synchronized Duration passed() {
      return Duration.between(Sessions.NOW, now);
    }

    @Override
    public synchronized void sleep(Duration time) throws InterruptedException {
      Waiter me = new Waiter(now.plus(time), Thread.currentThread());
      waiters.add(me);
      leave();
      while (waiters.contains(me)) {
        wait();
      }
    }

    /** As many more are at work, beside or instead of who says so. */
    synchronized void come(int more) {
      atWork += more;
    }

    synchronized void leave() {
      if (--atWork == 0 && !waiters.isEmpty()) {
        now = waiters.remove().until;
        atWork++;
        notifyAll();
      }
    }
  }

  /** API Gateway, at the end of a long way. */
  private static final class FarAway implements SdkHttpClient {
    private final ModelTime time;
    private int done;

    FarAway(ModelTime time) {
      this.time = time;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      String path = request.httpRequest().encodedPath();
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          try {
            time.sleep(ROUND_TRIP);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return answered(answer(path));
        }

        @Override
        public void abort() {}
      };
    }

    private String answer(String path) {
      if (path.equals("/restapis")) {
        // Who asked waits for those who ask on.
        time.come(ParallelMap.AT_ONCE - 1);
        return LIST;
      }
      if (path.endsWith("/resources")) {
        return FIFTY_ROUTES;
      }
      if (path.endsWith("/stages")) {
        return "{\"item\":[{\"stageName\":\"prod\"}]}";
      }
      finished();
      return "{\"item\":[{\"id\":\"z\",\"name\":\"z\",\"type\":\"TOKEN\"}]}";
    }

    /** Authorizers are the last that is asked for: who has them goes on to the next API, if any. */
    private synchronized void finished() {
      done++;
      if (done > APIS - ParallelMap.AT_ONCE) {
        time.leave();
      }
    }

    private static HttpExecuteResponse answered(String body) {
      return HttpExecuteResponse.builder()
          .response(SdkHttpResponse.builder().statusCode(200).build())
          .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body.getBytes(UTF_8))))
          .build();
    }

    @Override
    public void close() {}
  }
}
