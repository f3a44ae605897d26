package io.cloudoperator.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** A region with many REST APIs and functions, at the end of a long way. */
final class LargeRegion implements SdkHttpClient {
  private static final Duration ROUND_TRIP = Duration.ofMillis(250);
  private static final int APIS_A_PAGE = 500;
  private static final int FUNCTIONS_A_PAGE = 50;

  final Map<String, RestApi> apis = new TreeMap<>();
  final Map<String, Listed> functions = new TreeMap<>();
  private final ModelTime time;
  private final List<Asked> asked = new ArrayList<>();

  /** An API of so many routes, all of which an authorizer guards. */
  record RestApi(Instant deployed, int routes) {}

  record Listed(Instant modified, boolean url) {}

  /** A call, such as {@code resources} of {@code api-7}. */
  record Asked(Instant at, String what, String of) {}

  LargeRegion(ModelTime time) {
    this.time = time;
  }

  synchronized List<Asked> asked() {
    return List.copyOf(asked);
  }

  synchronized void forget() {
    asked.clear();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() {
        try {
          time.sleep(ROUND_TRIP);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return HttpExecuteResponse.builder()
            .response(SdkHttpResponse.builder().statusCode(200).build())
            .responseBody(
                AbortableInputStream.create(
                    new ByteArrayInputStream(answer(request.httpRequest()).getBytes(UTF_8))))
            .build();
      }

      @Override
      public void abort() {}
    };
  }

  private synchronized String answer(SdkHttpRequest request) {
    String[] path = request.encodedPath().split("/", -1);
    String last = path[path.length - 1];
    String of = path.length > 2 ? path[path.length - 2] : "";
    asked.add(new Asked(time.instant(), last, of));
    return switch (last) {
      case "restapis" ->
          page(
              request,
              List.copyOf(apis.keySet()),
              APIS_A_PAGE,
              "position",
              "item",
              "position",
              id -> "{\"id\":\"%1$s\",\"name\":\"name of %1$s\"}".formatted(id));
      case "resources" ->
          IntStream.range(0, api(of).routes)
              .mapToObj(
                  "{\"path\":\"/r%d\",\"resourceMethods\":{\"GET\":{\"authorizationType\":\"CUSTOM\",\"authorizerId\":\"z\"}}}"
                      ::formatted)
              .collect(joining(",", "{\"item\":[", "]}"));
      case "stages" ->
          of.startsWith("api-")
              ? "{\"item\":[{\"stageName\":\"prod\",\"deploymentId\":\"d\",\"lastUpdatedDate\":%d}]}"
                  .formatted(api(of).deployed.getEpochSecond())
              : "{\"items\":[]}";
      case "authorizers" -> "{\"item\":[{\"id\":\"z\",\"name\":\"staff\",\"type\":\"TOKEN\"}]}";
      case "functions" ->
          page(
              request,
              List.copyOf(functions.keySet()),
              FUNCTIONS_A_PAGE,
              "Marker",
              "Functions",
              "NextMarker",
              name ->
                  "{\"FunctionName\":\"%s\",\"LastModified\":\"%s\"}"
                      .formatted(name, function(name).modified));
      case "urls" ->
          function(of).url
              ? """
              {"FunctionUrlConfigs":[{"FunctionUrl":"https://%1$s.lambda-url.eu-west-1.on.aws/",
              "FunctionArn":"arn:aws:lambda:eu-west-1:111122223333:function:%1$s","AuthType":"NONE"}]}\
              """
                  .formatted(of)
              : "{\"FunctionUrlConfigs\":[]}";
      default -> "{\"item\":[],\"items\":[]}";
    };
  }

  private RestApi api(String id) {
    return Objects.requireNonNull(apis.get(id), id);
  }

  private Listed function(String name) {
    return Objects.requireNonNull(functions.get(name), name);
  }

  private static String page(
      SdkHttpRequest request,
      List<String> all,
      int size,
      String parameter,
      String list,
      String next,
      Function<String, String> item) {
    int from = Integer.parseInt(request.firstMatchingRawQueryParameter(parameter).orElse("0"));
    int to = Math.min(from + size, all.size());
    return all.subList(from, to).stream()
        .map(item)
        .collect(
            joining(
                ",",
                "{\"%s\":[".formatted(list),
                to < all.size() ? "],\"%s\":\"%d\"}".formatted(next, to) : "]}"));
  }

  @Override
  public void close() {}
}
