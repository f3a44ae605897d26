package io.cloudoperator.service.iam;

import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.service.ScannedService;
import java.util.List;

/** AWS IAM: our own role. */
public final class Iam implements ScannedService {
  @Override
  public List<ReadOperation<?>> verifying() {
    return List.of(
        IamOperations.GET_ROLE,
        IamOperations.LIST_ATTACHED_ROLE_POLICIES,
        IamOperations.LIST_ROLE_POLICIES,
        IamOperations.GET_ROLE_POLICY);
  }
}
