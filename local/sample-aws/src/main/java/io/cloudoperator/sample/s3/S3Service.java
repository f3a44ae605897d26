package io.cloudoperator.sample.s3;

import io.cloudoperator.sample.data.SampleAccount;
import io.cloudoperator.sample.iam.Decision;
import io.cloudoperator.sample.iam.Evaluation;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Call;
import io.cloudoperator.sample.wire.Params;
import io.cloudoperator.sample.wire.Reply;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceName;
import io.cloudoperator.sample.wire.WireRequest;
import java.util.function.Function;

/** S3, path-style. Every request is authorized; ListBuckets alone is answered. */
public final class S3Service implements Service {

  private final Function<String, SampleAccount> accounts;

  /**
   * @param accounts what the account of an id holds
   */
  public S3Service(Function<String, SampleAccount> accounts) {
    this.accounts = accounts;
  }

  @Override
  public ServiceName name() {
    return ServiceName.S3;
  }

  @Override
  public Call.Operation decode(WireRequest request) {
    Params query = Params.parse(request.rawQuery());
    return new Call.Operation(S3Operation.of(request, query).name(), query);
  }

  @Override
  public Reply answer(Call call) {
    S3Operation operation = S3Operation.of(call.request(), call.params());
    Decision decision =
        Evaluation.ofIdentity(call.caller(), call.access(operation.action(), operation.resource()));
    if (!decision.allowed()) {
      String on = operation.resource().equals("*") ? "" : " on resource: " + operation.resource();
      throw new AwsError(
          403,
          "AccessDenied",
          "User: %s is not authorized to perform: %s"
                  .formatted(call.caller().arn(), operation.action())
              + on
              + decision.reason(operation.action()));
    }
    if (operation.name().equals("ListBuckets")) {
      return ListBuckets.answer(call, accounts.apply(call.caller().accountId()));
    }
    throw new AwsError(
        501, "NotImplemented", "The sample AWS does not implement " + operation.name());
  }
}
