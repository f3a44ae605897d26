package io.cloudoperator.sample.ec2;

import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.Protocol;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.WireRequest;
import java.util.List;

/** EC2: regions and instances. */
public final class Ec2Service extends Service {

  static final String CONTENT_TYPE = "text/xml;charset=UTF-8";

  public Ec2Service() {
    super("ec2", Protocol.EC2, "2016-11-15");
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.named("DescribeRegions", DescribeRegions::answer),
        Operation.named("DescribeInstances", DescribeInstances::answer));
  }

  /** A dry run ends where the permission is known. */
  @Override
  public Operation decode(WireRequest request) {
    Operation operation = super.decode(request);
    return Operation.named(
            operation.name(),
            call -> {
              if (Ec2Params.flag(call.params(), "DryRun")) {
                throw new AwsError(
                    412,
                    "DryRunOperation",
                    "Request would have succeeded, but DryRun flag is set.");
              }
              return operation.answer().apply(call);
            })
        .on(Ec2Service::resource);
  }

  private static String resource(ServiceCall call) {
    if (call.action().startsWith("Describe")) {
      return "*";
    }
    String id =
        call.params().get("InstanceId.1").or(() -> call.params().get("InstanceId")).orElse("*");
    return call.arn("instance/" + id);
  }
}
