package io.cloudoperator.sample.wire;

import io.cloudoperator.sample.iam.AccessRequest;
import io.cloudoperator.sample.iam.Caller;

/** One authenticated call of an operation. */
public record Call(
    WireRequest request, Operation operation, String region, Caller caller, String requestId) {

  /** An operation's name and its parameters. */
  public record Operation(String name, Params params) {}

  public String action() {
    return operation.name();
  }

  public Params params() {
    return operation.params();
  }

  /** What IAM is asked about this call. */
  public AccessRequest access(String action, String resource) {
    return AccessRequest.of(caller, action, resource, region);
  }
}
