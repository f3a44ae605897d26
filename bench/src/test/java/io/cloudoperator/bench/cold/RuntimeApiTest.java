package io.cloudoperator.bench.cold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asked as Lambda's runtime interface client asks. */
class RuntimeApiTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final RuntimeApi api;

  RuntimeApiTest() throws IOException {
    // It waits for input that never comes.
    process = new ProcessBuilder("cat").start();
    api = new RuntimeApi("{\"n\":1}".getBytes(StandardCharsets.UTF_8), "{}");
  }

  @AfterEach
  void stop() {
    api.close();
    process.destroyForcibly();
    http.close();
  }

  @Test
  void givesTheEventAndTakesTheAnswer() throws Exception {
    HttpResponse<String> next = get("invocation/next");
    post("invocation/" + id(next) + "/response", "{\"ok\":true}");

    RuntimeApi.Answer answer = api.await(process, SOON);
    assertThat(next.body()).isEqualTo("{\"n\":1}");
    assertThat(answer.body()).isEqualTo("{\"ok\":true}");
    assertThat(answer.initialized()).isEqualTo(answer.invoked()).isLessThan(answer.answered());
  }

  /** What comes before the restore is not part of what comes after it. */
  @Test
  void tellsInitFromWhatFollowsTheRestore() throws Exception {
    get("restore/next");
    HttpResponse<String> next = get("invocation/next");
    post("invocation/" + id(next) + "/response", "{}");

    RuntimeApi.Answer answer = api.await(process, SOON);
    assertThat(answer.initialized()).isLessThan(answer.invoked());
    assertThat(answer.invoked()).isLessThan(answer.answered());
  }

  @Test
  void hasNoFigureForAFunctionThatFails() throws Exception {
    post("init/error", "{\"errorMessage\":\"no table\"}");

    assertThatThrownBy(() -> api.await(process, SOON))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("init/error")
        .hasMessageContaining("no table");
  }

  @Test
  void hasNoFigureForAProcessThatEnds() {
    process.destroyForcibly();

    assertThatThrownBy(() -> api.await(process, SOON)).hasMessageContaining("it ended with");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).GET().build(), BodyHandlers.ofString());
  }

  private void post(String path, String body) throws IOException, InterruptedException {
    http.send(request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.discarding());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://" + api.authority() + "/2018-06-01/runtime/" + path));
  }

  private static String id(HttpResponse<?> next) {
    return next.headers().firstValue("Lambda-Runtime-Aws-Request-Id").orElseThrow();
  }
}
