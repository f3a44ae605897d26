package io.cloudoperator.scan;

import io.cloudoperator.call.Call;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.RegionName;
import java.util.List;

/**
 * How a scan is divided.
 *
 * @param account as GetCallerIdentity named it
 * @param notOptedIn regions that the account has not enabled
 * @param calls those made while planning
 */
public record Plan(
    AccountId account, List<Shard> shards, List<RegionName> notOptedIn, List<Call> calls) {
  public Plan {
    shards = List.copyOf(shards);
    notOptedIn = List.copyOf(notOptedIn);
    calls = List.copyOf(calls);
  }
}
