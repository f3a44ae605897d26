package io.cloudoperator.sample.ec2;

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
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;

/**
 * EC2 in the query protocol, version 2016-11-15. Actions other than the two that are answered are
 * authorized all the same, so that it shows what a policy would let through.
 */
public final class Ec2Service implements Service {

  static final String VERSION = "2016-11-15";
  static final String NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/";
  static final String CONTENT_TYPE = "text/xml;charset=UTF-8";

  private final Function<String, SampleAccount> accounts;
  private final boolean unevenPages;

  /**
   * @param accounts what the account of an id holds
   * @param unevenPages whether some pages are short or empty though more follow
   */
  public Ec2Service(Function<String, SampleAccount> accounts, boolean unevenPages) {
    this.accounts = accounts;
    this.unevenPages = unevenPages;
  }

  @Override
  public ServiceName name() {
    return ServiceName.EC2;
  }

  @Override
  public Call.Operation decode(WireRequest request) {
    Params params = Params.parse(request.rawQuery(), request.bodyText());
    String action =
        params
            .get("Action")
            .orElseThrow(() ->
                new AwsError(
                    400,
                    "MissingAction",
                    "The request is missing an action or a required parameter."));
    if (!action.matches("[A-Z][A-Za-z0-9]+") || !params.get("Version").orElse("").equals(VERSION)) {
      throw invalidAction(action);
    }
    return new Call.Operation(action, params);
  }

  @Override
  public Reply answer(Call call) {
    authorize(call);
    if (Ec2Params.flag(call.params(), "DryRun")) {
      throw Ec2Errors.dryRun();
    }
    SampleAccount account = accounts.apply(call.caller().accountId());
    return switch (call.action()) {
      case "DescribeRegions" -> DescribeRegions.answer(call, account);
      case "DescribeInstances" -> DescribeInstances.answer(call, account, unevenPages);
      default -> throw invalidAction(call.action());
    };
  }

  private static void authorize(Call call) {
    String action = "ec2:" + call.action();
    String resource = resource(call);
    Decision decision = Evaluation.ofIdentity(call.caller(), call.access(action, resource));
    if (decision.allowed()) {
      return;
    }
    String on = resource.equals("*") ? "" : " on resource: " + resource;
    String encoded =
        resource.equals("*")
            ? ""
            : ". Encoded authorization failure message: "
                + Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                        (decision + action + resource).getBytes(StandardCharsets.UTF_8));
    throw new AwsError(
        403,
        "UnauthorizedOperation",
        "You are not authorized to perform this operation. User: %s is not authorized to perform: %s"
                .formatted(call.caller().arn(), action)
            + on
            + decision.reason(action)
            + encoded);
  }

  private static String resource(Call call) {
    if (call.action().startsWith("Describe")) {
      return "*";
    }
    String id =
        call.params().get("InstanceId.1").or(() -> call.params().get("InstanceId")).orElse("*");
    return "arn:aws:ec2:%s:%s:instance/%s".formatted(call.region(), call.caller().accountId(), id);
  }

  private static AwsError invalidAction(String action) {
    return new AwsError(
        400, "InvalidAction", "The action " + action + " is not valid for this web service.");
  }
}
