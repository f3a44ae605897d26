package io.cloudoperator.platform.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A Lambda function in this JVM. Events and answers are JSON, read and written as Lambda does. */
public final class HostedFunction {
  private final String name;
  private final Duration timeout;
  private final RequestStreamHandler handler;

  private HostedFunction(String name, Duration timeout, RequestStreamHandler handler) {
    this.name = name;
    this.timeout = timeout;
    this.handler = handler;
  }

  /** A function that reads and writes streams itself. */
  public static HostedFunction streaming(
      String name, Duration timeout, RequestStreamHandler handler) {
    return new HostedFunction(name, timeout, handler);
  }

  /**
   * A function on typed events, which Lambda's own serialization reads and writes.
   *
   * @param event of aws-lambda-java-events
   */
  public static <I, O> HostedFunction typed(
      String name,
      Duration timeout,
      RequestHandler<I, O> handler,
      Class<I> event,
      Class<O> answer) {
    PojoSerializer<I> reader =
        LambdaEventSerializers.serializerFor(event, HostedFunction.class.getClassLoader());
    PojoSerializer<O> writer = JacksonFactory.getInstance().getSerializer(answer);
    return new HostedFunction(
        name,
        timeout,
        (in, out, context) ->
            writer.toJson(handler.handleRequest(reader.fromJson(in), context), out));
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
