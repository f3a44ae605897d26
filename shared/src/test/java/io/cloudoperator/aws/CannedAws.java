package io.cloudoperator.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cloudoperator.aws.ReadOperation.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * An endpoint that answers what a test says, and remembers what it was asked: without a wire, where
 * it is the HTTP client, and over one where its address is asked for.
 */
public final class CannedAws implements SdkHttpClient {
  /** Among the parameters, of a request in JSON: what it asks for, and all of what it says. */
  public static final String TARGET = "X-Amz-Target";

  public static final String CONTENT_TYPE = "Content-Type";

  public static final String BODY = "body";

  private static final Pattern SCOPE =
      Pattern.compile("Credential=([^/]+)/\\d{8}/([^/]+)/([^/]+)/aws4_request");

  private final Function<Asked, Answer> answers;
  private final List<Asked> asked = new ArrayList<>();
  private @Nullable HttpServer server;
  private boolean closed;

  public CannedAws(Function<Asked, Answer> answers) {
    this.answers = answers;
  }

  /** These answers in turn; the last one for ever. */
  public static CannedAws inTurn(Answer... answers) {
    List<Answer> left = new ArrayList<>(List.of(answers));
    return new CannedAws(_ -> {
      synchronized (left) {
        return left.size() > 1 ? left.removeFirst() : left.getFirst();
      }
    });
  }

  /** A request, as the wire had it. */
  public record Asked(
      String method,
      String path,
      SortedMap<String, String> parameters,
      String accessKey,
      String region,
      String service,
      String userAgent) {
    public String parameter(String name) {
      return parameters.getOrDefault(name, "");
    }
  }

  /** An answer; one that is cut breaks its connection half way. */
  public record Answer(int status, String body, boolean cut, String errorType) {
    public Answer(int status, String body, boolean cut) {
      this(status, body, cut, "");
    }

    public static Answer ok(String body) {
      return new Answer(200, body, false);
    }

    /** What an operation reads in it. */
    public <T> Page<T> readBy(ReadOperation<T> operation) throws IOException {
      return operation.reader().read(new ByteArrayInputStream(body.getBytes(UTF_8)));
    }

    public Answer cutShort() {
      return new Answer(status, body, true, errorType);
    }

    /** As EC2 refuses. */
    public static Answer ec2Error(int status, String code, String message) {
      return new Answer(
          status,
          "<?xml version=\"1.0\"?><Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors><RequestID>in-body</RequestID></Response>"
              .formatted(code, message),
          false);
    }

    /** As STS refuses. */
    public static Answer queryError(int status, String code, String message) {
      return new Answer(
          status,
          "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>in-body</RequestId></ErrorResponse>"
              .formatted(code, message),
          false);
    }

    /** As API Gateway and Lambda refuse. */
    public static Answer jsonError(int status, String code, String message) {
      return new Answer(
          status,
          "{\"message\":\"" + message + "\"}",
          false,
          code + ":http://internal.amazon.com/");
    }

    /** As S3 refuses. */
    public static Answer s3Error(int status, String code, String message) {
      return new Answer(
          status,
          "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>%s</Message><RequestId>in-body</RequestId></Error>"
              .formatted(code, message),
          false);
    }
  }

  /** Nobody listens there once it is closed. */
  public synchronized URI url() {
    if (server == null) {
      server = started();
      if (closed) {
        server.stop(0);
      }
    }
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private HttpServer started() {
    HttpServer started;
    try {
      started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    started.createContext("/", this::serve);
    started.start();
    return started;
  }

  public synchronized List<Asked> asked() {
    return List.copyOf(asked);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer =
          answer(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              exchange.getRequestHeaders(),
              exchange.getRequestBody(),
              exchange.getResponseHeaders()::set);
      byte[] body = answer.body.getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body, 0, answer.cut ? body.length / 2 : body.length);
    }
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest execute) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        SdkHttpRequest request = execute.httpRequest();
        SdkHttpFullResponse.Builder response = SdkHttpFullResponse.builder();
        try (InputStream form =
            execute
                .contentStreamProvider()
                .<InputStream>map(ContentStreamProvider::newStream)
                .orElseGet(InputStream::nullInputStream)) {
          Answer answer =
              answer(
                  request.method().name(),
                  request.getUri(),
                  request.headers(),
                  form,
                  response::putHeader);
          if (answer.cut) {
            throw new UnsupportedOperationException("there is no connection to break: use the url");
          }
          return HttpExecuteResponse.builder()
              .response(response.statusCode(answer.status).build())
              .responseBody(
                  AbortableInputStream.create(
                      new ByteArrayInputStream(answer.body.getBytes(UTF_8))))
              .build();
        }
      }

      @Override
      public void abort() {}
    };
  }

  private Answer answer(
      String method,
      URI uri,
      Map<String, List<String>> headers,
      InputStream form,
      BiConsumer<String, String> responseHeaders)
      throws IOException {
    Asked request = asked(method, uri, headers, new String(form.readAllBytes(), UTF_8));
    synchronized (this) {
      asked.add(request);
      responseHeaders.accept("x-amzn-RequestId", "request-" + asked.size());
    }
    Answer answer = answers.apply(request);
    if (!answer.errorType.isEmpty()) {
      responseHeaders.accept("x-amzn-ErrorType", answer.errorType);
    }
    return answer;
  }

  private static Asked asked(
      String method, URI uri, Map<String, List<String>> headers, String form) {
    String query = uri.getRawQuery();
    Matcher scope = SCOPE.matcher(header(headers, "Authorization"));
    boolean signed = scope.find();
    SortedMap<String, String> parameters = parameters(query == null ? form : query);
    if (!header(headers, TARGET).isEmpty()) {
      parameters.put(TARGET, header(headers, TARGET));
      parameters.put(CONTENT_TYPE, header(headers, CONTENT_TYPE));
      parameters.put(BODY, form);
    }
    return new Asked(
        method,
        uri.getRawPath(),
        parameters,
        signed ? scope.group(1) : "",
        signed ? scope.group(2) : "",
        signed ? scope.group(3) : "",
        header(headers, "User-Agent"));
  }

  private static String header(Map<String, List<String>> headers, String name) {
    return headers.getOrDefault(name, List.of("")).getFirst();
  }

  private static SortedMap<String, String> parameters(String encoded) {
    SortedMap<String, String> parameters = new TreeMap<>();
    for (String pair : encoded.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        parameters.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
      }
    }
    return parameters;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (server != null) {
      server.stop(0);
    }
  }
}
