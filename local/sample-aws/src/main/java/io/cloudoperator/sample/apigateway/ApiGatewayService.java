package io.cloudoperator.sample.apigateway;

import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.Protocol;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.WireRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * API Gateway, versions 1 and 2. The IAM action is the HTTP method and the resource is the path, so
 * that each request is authorized, whether the sample answers it or not; routing rules have actions
 * of their own.
 *
 * <p>https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-iam-policy-examples.html
 *
 * <p>https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html
 */
public final class ApiGatewayService extends Service {

  private static final List<Operation> OPERATIONS =
      Stream.of(new RestVersion().operations(), new HttpVersion().operations())
          .flatMap(List::stream)
          .toList();

  private final Optional<ControlPlaneQuota> quota;

  /**
   * @param quotas whether the quotas of the control plane are enforced
   * @param clock by which they refill
   */
  public ApiGatewayService(boolean quotas, InstantSource clock) {
    super("apigateway", Protocol.REST_JSON, "", new ApiGatewayGenerator());
    this.quota = quotas ? Optional.of(new ControlPlaneQuota(clock)) : Optional.empty();
  }

  @Override
  public List<Operation> operations() {
    return OPERATIONS;
  }

  @Override
  public Operation decode(WireRequest request) {
    Operation operation = super.decode(request);
    return operation.name().equals("ListRoutingRules")
        ? operation.on(ApiGatewayService::rulesArn)
        : operation.as(request.method()).on(ApiGatewayService::pathArn);
  }

  @Override
  public void admit(ServiceCall call) {
    quota.ifPresent(each -> each.take(call.caller().accountId(), call.region(), call.action()));
  }

  /** The version is not in it. */
  private static String pathArn(ServiceCall call) {
    List<String> path = call.path();
    boolean second = !path.isEmpty() && path.getFirst().equals("v2");
    return "arn:aws:apigateway:%s::/%s"
        .formatted(call.region(), String.join("/", second ? path.subList(1, path.size()) : path));
  }

  /** Of all routing rules of a domain name: the account is in it. */
  private static String rulesArn(ServiceCall call) {
    return call.arn("/domainnames/" + call.path().get(2) + "/routingrules/*");
  }
}
