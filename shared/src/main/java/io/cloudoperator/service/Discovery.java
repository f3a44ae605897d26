package io.cloudoperator.service;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ItemReads;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.inventory.ApiSource;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * How the facts of one source are read.
 *
 * @param service that is asked
 * @param read asks a client of one region; reads what it asks about one by one by the {@link
 *     Turns}, and throws what the client throws
 */
public record Discovery<F>(
    ApiSource<F> source, AwsService service, BiFunction<AwsClient, Turns, List<F>> read) {
  /** Of facts of which each is asked about by itself, and all in each scan. */
  public static <F> Discovery<F> each(
      ApiSource<F> source, AwsService service, BiFunction<AwsClient, ItemReads, List<F>> read) {
    return new Discovery<>(source, service, (client, turns) -> read.apply(client, turns.items()));
  }

  /** Of facts that one operation lists. */
  public static <F> Discovery<F> listed(ApiSource<F> source, ReadOperation<List<F>> operation) {
    return new Discovery<>(
        source, operation.service(), (client, _) -> client.list(operation, Map.of()));
  }
}
