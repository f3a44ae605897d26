package io.cloudoperator.bench.customer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Reads each answer to its end before anybody looks at it. Of one thread. */
public final class DrainedAnswer implements ExecutionInterceptor {
  private final List<Double> millis = new ArrayList<>();
  private byte[] body = {};
  private long begun;

  /** What each took since they were forgotten, from the request to the last byte. */
  public List<Double> millis() {
    return List.copyOf(millis);
  }

  /** The last one, as it came. */
  public byte[] body() {
    return body.clone();
  }

  /** Forgets what it has measured. */
  public void forget() {
    millis.clear();
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes about) {
    begun = System.nanoTime();
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes about) {
    return context
        .responseBody()
        .map(answer -> {
          try {
            body = answer.readAllBytes();
            millis.add((System.nanoTime() - begun) / 1e6);
            return new ByteArrayInputStream(body);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
