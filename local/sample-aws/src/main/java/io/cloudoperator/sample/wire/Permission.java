package io.cloudoperator.sample.wire;

import io.cloudoperator.sample.iam.Decision;
import io.cloudoperator.sample.iam.Evaluation;

/** Asks IAM about a call, as most services do. */
public final class Permission {

  private Permission() {}

  /**
   * Lets a call pass that every policy allows.
   *
   * @param errorCode what the service calls a refusal, with status 403
   * @throws AwsError otherwise, in IAM's words
   */
  public static void require(Call call, String action, String resource, String errorCode) {
    Decision decision = Evaluation.ofIdentity(call.caller(), call.access(action, resource));
    if (!decision.allowed()) {
      throw new AwsError(
          403,
          errorCode,
          "User: %s is not authorized to perform: %s on resource: %s%s"
              .formatted(call.caller().arn(), action, resource, decision.reason(action)));
    }
  }
}
