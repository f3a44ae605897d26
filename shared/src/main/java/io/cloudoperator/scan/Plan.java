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
 * @param notChosen enabled regions that the scan was told to leave out
 * @param calls those made while planning
 */
public record Plan(
    AccountId account,
    List<Shard> shards,
    List<RegionName> notOptedIn,
    List<RegionName> notChosen,
    List<Call> calls) {
  public Plan {
    shards = List.copyOf(shards);
    notOptedIn = List.copyOf(notOptedIn);
    notChosen = List.copyOf(notChosen);
    calls = List.copyOf(calls);
  }

  /** One that leaves no enabled region out. */
  public Plan(
      AccountId account, List<Shard> shards, List<RegionName> notOptedIn, List<Call> calls) {
    this(account, shards, notOptedIn, List.of(), calls);
  }

  /** The same with these calls. */
  public Plan withCalls(List<Call> made) {
    return new Plan(account, shards, notOptedIn, notChosen, made);
  }
}
