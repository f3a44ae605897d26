package io.cloudoperator.service.sts;

import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.ScannedService;
import java.util.List;

/** AWS STS: whose account a session is on. */
public final class Sts implements ScannedService {
  @Override
  public List<ReadOperation<?>> scanning() {
    return List.of(StsOperations.GET_CALLER_IDENTITY);
  }

  @Override
  public List<ReadOperation<?>> verifying() {
    return List.of(StsOperations.GET_CALLER_IDENTITY);
  }

  @Override
  public List<String> granted(Tier tier) {
    return tier == Tier.MINIMAL ? List.of("sts:GetCallerIdentity") : List.of();
  }
}
