package io.cloudoperator.service.iam;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.scan.PermissionDrift;
import io.cloudoperator.service.ScannedService;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/** AWS IAM: our own role. */
public final class Iam implements ScannedService {
  // AWS publishes no quota: as little as the slowest service that does.
  public static final AwsService SERVICE =
      AwsService.query("iam", "2010-05-08").global().limited(5, 5);

  /**
   * Finds out in what our own role differs from what was asked of it.
   *
   * @throws SdkException if AWS refuses anything of it
   */
  public static PermissionDrift drift(AwsClient iam, RequestedRole asked) {
    return new RoleRules(asked).drift(RoleReader.read(iam, asked.role().name()));
  }

  /** Nothing but the role that is assumed. */
  @Override
  public List<String> resources(String action, List<ReadOperation<?>> operations, String role) {
    return List.of(role);
  }

  @Override
  public List<ReadOperation<?>> verifying() {
    return List.of(
        RoleReader.GET_ROLE,
        RoleReader.LIST_ATTACHED_ROLE_POLICIES,
        RoleReader.LIST_ROLE_POLICIES,
        RoleReader.GET_ROLE_POLICY);
  }
}
