package io.cloudoperator.aws;

import io.cloudoperator.call.Reading;
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
}
