package io.cloudoperator.local.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Hears what AWS answers of a customer's account, each body whole and before anything of it is
 * read. Like {@link RequestListener} it is put into each client by the SDK. KMS, which holds our
 * own keys, is not heard.
 */
public final class AnswerListener implements ExecutionInterceptor {
  private static volatile Optional<Hearing> hearing = Optional.empty();

  /**
   * Who listens.
   *
   * @param endpoint of AWS
   */
  private record Hearing(URI endpoint, Consumer<Answer> listener) {
    boolean isOf(SdkHttpRequest request) {
      return request.port() == endpoint.getPort()
          && request.firstMatchingHeader("X-Amz-Target").stream()
              .noneMatch(target -> target.startsWith("TrentService"));
    }
  }

  /** Made by the SDK. */
  public AnswerListener() {}

  /** An answer, as it came. */
  record Answer(String operation, Map<String, List<String>> headers, String body) {}

  /** Until {@link #stop}, the listener is told each answer of this endpoint. */
  static void hear(URI endpoint, Consumer<Answer> listener) {
    hearing = Optional.of(new Hearing(endpoint, listener));
  }

  static void stop() {
    hearing = Optional.empty();
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    Optional<Hearing> heard = hearing.filter(now -> now.isOf(context.httpRequest()));
    if (heard.isEmpty() || context.responseBody().isEmpty()) {
      return context.responseBody();
    }
    try (InputStream body = context.responseBody().get()) {
      byte[] bytes = body.readAllBytes();
      String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
      heard
          .get()
          .listener
          .accept(
              new Answer(
                  Objects.requireNonNull(operation),
                  context.httpResponse().headers(),
                  new String(bytes, UTF_8)));
      return Optional.of(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
