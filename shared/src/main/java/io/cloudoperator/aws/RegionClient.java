package io.cloudoperator.aws;

import io.cloudoperator.call.Reading;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A way to ask one region's services with one session. Safe for use by many threads. */
public interface RegionClient {
  /**
   * Asks a service.
   *
   * @param question may throw what the client throws
   * @return what it answers, or why the service could not be read
   */
  <T> Reading<T> ask(AwsService service, Function<AwsClient, T> question);

  /**
   * Asks a service about many things one by one.
   *
   * @param question reads each by the {@link ItemReads}, and may throw what the client throws
   * @return what it answers, except for what could not be read by itself; unread if nothing could
   *     be, for one reason
   */
  default <T> Reading<T> askEach(AwsService service, BiFunction<AwsClient, ItemReads, T> question) {
    ItemReads items = new ItemReads();
    return switch (ask(service, client -> items.among(question.apply(client, items)))) {
      case Reading.Complete<T>(T value, var _) -> new Reading.Complete<>(value, items.unread());
      case Reading.Unread<T> unread -> unread;
    };
  }
}
