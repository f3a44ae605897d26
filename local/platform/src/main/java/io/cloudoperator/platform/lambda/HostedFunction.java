package io.cloudoperator.platform.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A Lambda function in this JVM. Events and answers are JSON. */
public final class HostedFunction {
  private final String name;
  private final Duration timeout;
  private final RequestStreamHandler handler;

  /** A function with the timeout that Lambda would hold it to. */
  public HostedFunction(String name, Duration timeout, RequestStreamHandler handler) {
    this.name = name;
    this.timeout = timeout;
    this.handler = handler;
  }

  /**
   * Invokes the function.
   *
   * @return its answer, as JSON
   * @throws RuntimeException whatever the handler throws: Lambda would report it as a function
   *     error
   */
  public String invoke(String event) throws IOException {
    Context context = InvocationContext.of(name, timeout);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, context);
    return answer.toString(StandardCharsets.UTF_8);
  }
}
