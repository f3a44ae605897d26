package io.cloudoperator.sample.s3;

import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.Params;
import io.cloudoperator.sample.wire.Protocol;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.WireRequest;
import java.util.List;

/** S3, path-style. Every request is authorized; ListBuckets alone is answered. */
public final class S3Service extends Service {

  /** The service. */
  public S3Service() {
    super("s3", Protocol.S3, "");
  }

  @Override
  public List<Operation> operations() {
    return List.of(Operation.named("ListBuckets", ListBuckets::answer));
  }

  @Override
  public Operation decode(WireRequest request) {
    S3Operation asked = S3Operation.of(request, Params.parse(request.rawQuery()));
    return operations().stream()
        .filter(each -> each.name().equals(asked.name()))
        .findFirst()
        .orElseGet(() -> protocol().unanswered(asked.name(), this))
        .as(asked.action().substring("s3:".length()))
        .on(_ -> asked.resource());
  }
}
