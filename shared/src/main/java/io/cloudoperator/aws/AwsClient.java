package io.cloudoperator.aws;

import io.cloudoperator.aws.AwsService.Form;
import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.connection.RegionName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.client.handler.AwsSyncClientHandler;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.client.config.SdkClientConfiguration;
import software.amazon.awssdk.core.client.config.SdkClientOption;
import software.amazon.awssdk.core.client.handler.ClientExecutionParams;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpStatusCode;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.metrics.NoOpMetricCollector;

/**
 * Makes the manifest's read operations of one service in one region, on the SDK's own pipeline: its
 * signing, retries, endpoints and interceptors, without the service's module. It can make no other
 * call, for it takes nothing but a declared {@link ReadOperation}, and of these only what the tier
 * of the session allows: anything else is refused before it leaves the process.
 */
public final class AwsClient implements AutoCloseable {
  // Several times what AWS lets an account have of anything that is listed.
  private static final int MOST_ITEMS = 1_000_000;

  private final AwsService service;
  private final List<ReadOperation<?>> allowed;
  private final SdkClientConfiguration configuration;
  private final AwsSyncClientHandler handler;

  /**
   * @param allowed what the session's tier calls, by the manifest
   */
  public AwsClient(
      AwsService service,
      RegionName region,
      AwsSessionCredentials credentials,
      List<ReadOperation<?>> allowed,
      Transport transport,
      List<ExecutionInterceptor> interceptors) {
    this.service = service;
    this.allowed = allowed;
    this.configuration = transport.configuration(service, region, credentials, interceptors);
    this.handler = new AwsSyncClientHandler(configuration);
  }

  /**
   * Reads an answer of one page.
   *
   * @throws SdkException if AWS refuses or cannot be read
   */
  public <P> P read(ReadOperation<P> operation) {
    return call(operation, Map.of(), Optional.empty()).value();
  }

  /**
   * Reads an answer of one page about something that an earlier answer named.
   *
   * @param arguments exactly those that the operation declares, in its path or besides
   * @throws SdkException if AWS refuses or cannot be read, or had given something that it cannot be
   *     asked for
   */
  public <P> P read(ReadOperation<P> operation, Map<String, String> arguments) {
    return call(operation, arguments, Optional.empty()).value();
  }

  /**
   * Reads an answer to its last page, however short or empty pages are, and adds them up.
   *
   * @throws SdkException if AWS refuses or cannot be read, or if its tokens lead in a circle
   */
  public <P, S> S readAll(ReadOperation<P> operation, S sum, BiFunction<S, P, S> plus) {
    return readAll(operation, Map.of(), sum, plus);
  }

  /**
   * Reads the items of all pages.
   *
   * @param arguments exactly those that the operation declares, in its path or besides
   * @throws SdkException if AWS refuses or cannot be read, if its tokens lead in a circle or its
   *     pages never end, or if it had given something that it cannot be asked for
   */
  public <I> List<I> list(ReadOperation<List<I>> operation, Map<String, String> arguments) {
    return readAll(
        operation,
        arguments,
        new ArrayList<>(),
        (items, page) -> {
          if (items.size() + page.size() > MOST_ITEMS) {
            throw SdkClientException.create(
                "no end", new UnreadableResponseException("lists more than " + MOST_ITEMS));
          }
          items.addAll(page);
          return items;
        });
  }

  /**
   * As {@link #list(ReadOperation, Map)}, each once: what changes while pages are turned may stand
   * on two of them, and the later says how it is.
   *
   * @param key what identifies an item among the others
   */
  public <I> List<I> list(
      ReadOperation<List<I>> operation, Map<String, String> arguments, Function<I, ?> key) {
    Map<Object, I> byKey = new LinkedHashMap<>();
    list(operation, arguments).forEach(item -> byKey.put(key.apply(item), item));
    return List.copyOf(byKey.values());
  }

  /**
   * Reads one page.
   *
   * @param token of the page before it; empty for the first
   * @throws SdkException if AWS refuses or cannot be read, or had given something that it cannot be
   *     asked for
   */
  public <P> Page<P> page(
      ReadOperation<P> operation, Map<String, String> arguments, Optional<String> token) {
    return call(operation, arguments, token);
  }

  private <P, S> S readAll(
      ReadOperation<P> operation, Map<String, String> arguments, S sum, BiFunction<S, P, S> plus) {
    Page<P> page = call(operation, arguments, Optional.empty());
    S total = plus.apply(sum, page.value());
    // Brent's way to find a circle: a token is remembered for twice as many pages each time.
    Optional<String> remembered = Optional.empty();
    for (long pages = 1; page.next().isPresent(); pages++) {
      if (page.next().equals(remembered)) {
        throw SdkClientException.create(
            "no end", new UnreadableResponseException("the tokens of pages lead in a circle"));
      }
      if (Long.bitCount(pages) == 1) {
        remembered = page.next();
      }
      page = call(operation, arguments, page.next());
      total = plus.apply(total, page.value());
    }
    return total;
  }

  private <P> Page<P> call(
      ReadOperation<P> operation, Map<String, String> arguments, Optional<String> token) {
    if (!operation.service().equals(service)) {
      throw new IllegalArgumentException(operation.name() + " is not of " + service.id());
    }
    if (!allowed.contains(operation)) {
      throw new IllegalArgumentException(
          operation.name() + " is not among what this session may call");
    }
    if (!arguments.keySet().equals(operation.argumentsOfACall())) {
      throw new IllegalArgumentException(
          operation.name() + " takes " + operation.argumentsOfACall());
    }
    SdkHttpFullRequest request = request(operation, arguments, token);
    return handler.execute(
            new ClientExecutionParams<Request, Answer<P>>()
                .withOperationName(operation.name())
                .withMetricCollector(NoOpMetricCollector.create())
                .putExecutionAttribute(RateLimiter.LIMITS, operation.limits())
                .withInput(new Request())
                .withMarshaller(_ -> request)
                .withResponseHandler((response, _) -> answer(operation, response))
                .withErrorResponseHandler(AwsClient::error))
        .page;
  }

  private SdkHttpFullRequest request(
      ReadOperation<?> operation, Map<String, String> arguments, Optional<String> token) {
    Map<String, String> parameters = new TreeMap<>(operation.parameters());
    token.ifPresent(next -> parameters.put(operation.tokenParameter().orElseThrow(), next));
    String path;
    Optional<String> declared;
    try {
      path = operation.path().with(arguments);
      operation
          .arguments()
          .forEach(
              name -> parameters.put(name, RequestPath.checked(arguments.getOrDefault(name, ""))));
      declared = operation.body().map(body -> body.with(arguments, parameters));
    } catch (IllegalArgumentException _) {
      throw SdkClientException.create(
          "not sent", new UnreadableResponseException("an id is not of its form"));
    }
    URI endpoint = configuration.option(SdkClientOption.CLIENT_ENDPOINT_PROVIDER).clientEndpoint();
    SdkHttpFullRequest.Builder request =
        SdkHttpFullRequest.builder()
            .protocol(endpoint.getScheme())
            .host(endpoint.getHost())
            .port(endpoint.getPort() < 0 ? null : endpoint.getPort())
            .encodedPath(path(endpoint) + path);
    switch (service.form()) {
      case REST_XML -> {
        request.method(SdkHttpMethod.GET);
        parameters.forEach(request::putRawQueryParameter);
      }
      case REST_JSON -> {
        // API Gateway answers in HAL unless it is told to.
        request.method(SdkHttpMethod.GET).putHeader("Accept", "application/json");
        parameters.forEach(request::putRawQueryParameter);
      }
      case JSON_1_1, JSON_1_0 -> {
        String version = service.form() == Form.JSON_1_1 ? "1.1" : "1.0";
        byte[] body = declared.orElseGet(() -> json(parameters)).getBytes(StandardCharsets.UTF_8);
        request
            .method(SdkHttpMethod.POST)
            .putHeader("X-Amz-Target", service.version() + '.' + operation.name())
            .putHeader("Content-Type", "application/x-amz-json-" + version)
            .putHeader("Content-Length", String.valueOf(body.length))
            .contentStreamProvider(() -> new ByteArrayInputStream(body));
      }
      case QUERY -> {
        parameters.put("Action", operation.name());
        parameters.put("Version", service.version());
        byte[] form = form(parameters).getBytes(StandardCharsets.UTF_8);
        request
            .method(SdkHttpMethod.POST)
            .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .putHeader("Content-Length", String.valueOf(form.length))
            .contentStreamProvider(() -> new ByteArrayInputStream(form));
      }
    }
    return request.build();
  }

  private static String path(URI endpoint) {
    String path = endpoint.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String json(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(p -> RequestBody.quoted(p.getKey()) + ':' + RequestBody.quoted(p.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String form(Map<String, String> parameters) {
    StringJoiner form = new StringJoiner("&");
    parameters.forEach(
        (name, value) -> form.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return form.toString();
  }

  private static <P> Answer<P> answer(ReadOperation<P> operation, SdkHttpFullResponse response)
      throws IOException {
    try {
      Page<P> page =
          operation.reader().read(response.content().orElseGet(AbortableInputStream::createEmpty));
      return new Answer<>(page, new Answer.Builder<>(page).sdkHttpResponse(response));
    } catch (IllegalArgumentException _) {
      throw new UnreadableResponseException("a value is not of its form");
    }
  }

  private static AwsServiceException error(
      SdkHttpFullResponse response, ExecutionAttributes about) {
    ErrorResponse error =
        ErrorResponse.read(
            response, response.content().orElseGet(AbortableInputStream::createEmpty));
    // HttpURLConnection keeps the body of a 401 to itself, and EC2 has but one code for it.
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    String code =
        response.statusCode() == HttpStatusCode.UNAUTHORIZED && error.code().isEmpty()
            ? AwsErrors.AUTH_FAILURE
            : error.code();
    AwsServiceException.Builder exception =
        AwsServiceException.builder()
            .statusCode(response.statusCode())
            .requestId(error.requestId())
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode(code)
                    .errorMessage(error.message())
                    .serviceName(about.getAttribute(SdkExecutionAttribute.SERVICE_NAME))
                    .sdkHttpResponse(response)
                    .build());
    Optional.ofNullable(about.getAttribute(SdkExecutionAttribute.TIME_OFFSET))
        .ifPresent(seconds -> exception.clockSkew(Duration.ofSeconds(seconds)));
    return exception.build();
  }

  @Override
  public void close() {
    handler.close();
  }

  /** The pipeline asks for a request; what it says is in the marshaller. */
  private static final class Request extends SdkRequest {
    @Override
    public Optional<? extends RequestOverrideConfiguration> overrideConfiguration() {
      return Optional.empty();
    }

    @Override
    public Builder toBuilder() {
      throw new UnsupportedOperationException("no interceptor changes a request");
    }

    @Override
    public List<SdkField<?>> sdkFields() {
      return List.of();
    }
  }

  /** A page, in the form in which the pipeline passes it on. */
  private static final class Answer<P> extends SdkResponse {
    private final Page<P> page;

    Answer(Page<P> page, SdkResponse.Builder builder) {
      super(builder);
      this.page = page;
    }

    @Override
    public Builder<P> toBuilder() {
      return new Builder<>(page);
    }

    @Override
    public List<SdkField<?>> sdkFields() {
      return List.of();
    }

    private static final class Builder<P> extends BuilderImpl {
      private final Page<P> page;

      Builder(Page<P> page) {
        this.page = page;
      }

      @Override
      public Answer<P> build() {
        return new Answer<>(page, this);
      }
    }
  }
}
