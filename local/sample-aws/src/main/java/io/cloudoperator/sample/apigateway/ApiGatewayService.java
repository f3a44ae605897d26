package io.cloudoperator.sample.apigateway;

import io.cloudoperator.sample.apis.SampleApis;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Call;
import io.cloudoperator.sample.wire.Paging;
import io.cloudoperator.sample.wire.Params;
import io.cloudoperator.sample.wire.Permission;
import io.cloudoperator.sample.wire.Reply;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceName;
import io.cloudoperator.sample.wire.WireRequest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * API Gateway in REST-JSON, versions 1 and 2. The IAM action is the HTTP method and the resource is
 * the path, so that each request is authorized, whether the sample answers it or not; routing rules
 * have actions of their own.
 *
 * <p>https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-iam-policy-examples.html
 *
 * <p>https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html
 */
public final class ApiGatewayService implements Service {

  private final Function<String, SampleApis> apis;
  private final Optional<ControlPlaneQuota> quota;
  private final RestAnswers rest;
  private final HttpAnswers http;

  /**
   * @param apis those of the account of an id
   * @param quotas whether the quotas of the control plane are enforced
   * @param clock by which they refill
   */
  public ApiGatewayService(
      Function<String, SampleApis> apis, Paging paging, boolean quotas, InstantSource clock) {
    this.apis = apis;
    this.quota = quotas ? Optional.of(new ControlPlaneQuota(clock)) : Optional.empty();
    this.rest = new RestAnswers(paging);
    this.http = new HttpAnswers(paging);
  }

  @Override
  public ServiceName name() {
    return ServiceName.APIGATEWAY;
  }

  @Override
  public Call.Operation decode(WireRequest request) {
    String name =
        request.method().equals("GET")
            ? Path.of(request).operation()
            : "Unknown" + request.method();
    return new Call.Operation(name, Params.parse(request.rawQuery()));
  }

  @Override
  public Reply answer(Call call) {
    Path path = Path.of(call.request());
    quota.ifPresent(each -> each.take(call.caller().accountId(), call.region(), call.action()));
    if (call.action().equals("ListRoutingRules")) {
      Permission.require(
          call,
          "apigateway:ListRoutingRules",
          path.rulesArn(call.region(), call.caller().accountId()),
          "AccessDeniedException");
    } else {
      Permission.require(
          call,
          "apigateway:" + call.request().method(),
          path.arn(call.region()),
          "AccessDeniedException");
    }
    if (call.action().startsWith("Unknown")) {
      throw new AwsError(
          501,
          "NotImplementedException",
          "The sample AWS does not implement %s %s"
              .formatted(call.request().method(), call.request().rawPath()));
    }
    SampleApis held = apis.apply(call.caller().accountId());
    return path.second() ? http.answer(call, path, held) : rest.answer(call, path, held);
  }
}
