package io.cloudoperator.aws;

import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** What was deleted since it was listed. */
public final class NotFound {
  private NotFound() {}

  /**
   * What is asked about one thing; empty if the thing is gone.
   *
   * @throws SdkException if it could not be read for any other reason
   */
  public static <T> Optional<T> unless(Supplier<T> question) {
    try {
      return Optional.of(question.get());
    } catch (SdkException e) {
      if (AwsErrors.gone(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
