package io.cloudoperator.service.sts;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.ScannedService;
import java.util.List;

/** AWS STS: whose account a session is on. */
public final class Sts implements ScannedService {
  public static final AwsService SERVICE = AwsService.query("sts", "2011-06-15");

  @Override
  public List<ReadOperation<?>> scanning() {
    return List.of(CallerIdentityReader.GET_CALLER_IDENTITY);
  }

  @Override
  public List<ReadOperation<?>> verifying() {
    return List.of(CallerIdentityReader.GET_CALLER_IDENTITY);
  }

  @Override
  public List<String> granted(Tier tier) {
    return tier == Tier.MINIMAL ? List.of("sts:GetCallerIdentity") : List.of();
  }
}
