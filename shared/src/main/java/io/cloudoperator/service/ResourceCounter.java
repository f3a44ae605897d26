package io.cloudoperator.service;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.Counts;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A resource that is counted, and how it is read: by one operation, page by page, of which nothing
 * is kept.
 *
 * @param operation where a session may not call it, the resource is not counted, and so unknown
 */
public record ResourceCounter<F>(CountedResource<F> resource, ReadOperation<List<F>> operation) {
  /**
   * Counts it to the last page, by a client of the region that is asked.
   *
   * @param now ages are measured against it
   * @throws SdkException if AWS refuses or cannot be read
   */
  public Counts count(AwsClient client, Instant now) {
    return client
        .readAll(
            operation,
            resource.tally(now),
            (tally, page) -> {
              page.forEach(tally::add);
              return tally;
            })
        .counts();
  }
}
