package io.cloudoperator.sample.elb;

import io.cloudoperator.sample.apis.LoadBalancerFacts;
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
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Elastic Load Balancing v2 in the query protocol, version 2015-12-01. Actions that are not
 * answered are authorized all the same.
 */
public final class LoadBalancingService implements Service {

  private static final String VERSION = "2015-12-01";
  private static final String NAMESPACE =
      "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/";

  // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html
  private static final int MOST = 400;

  private final Function<String, SampleApis> apis;
  private final Paging paging;

  /**
   * @param apis those of the account of an id
   */
  public LoadBalancingService(Function<String, SampleApis> apis, Paging paging) {
    this.apis = apis;
    this.paging = paging;
  }

  @Override
  public ServiceName name() {
    return ServiceName.ELASTICLOADBALANCING;
  }

  @Override
  public Call.Operation decode(WireRequest request) {
    Params params = Params.parse(request.rawQuery(), request.bodyText());
    String action =
        params
            .get("Action")
            .orElseThrow(() -> new AwsError(400, "MissingAction", "Action is missing"));
    if (!params.get("Version").orElse("").equals(VERSION)) {
      throw noSuchOperation(action, params.get("Version").orElse(""));
    }
    return new Call.Operation(action, params);
  }

  @Override
  public Reply answer(Call call) {
    Permission.require(call, "elasticloadbalancing:" + call.action(), "*", "AccessDenied");
    List<LoadBalancerFacts> all =
        apis.apply(call.caller().accountId()).loadBalancers().in(call.region());
    LoadBalancerXml xml = new LoadBalancerXml(call.region(), call.caller().accountId());
    return switch (call.action()) {
      case "DescribeLoadBalancers" -> {
        onlyKnown(call.params(), Set.of("Marker", "PageSize"), "LoadBalancerArns.member.");
        List<String> arns = call.params().list("LoadBalancerArns.member");
        List<LoadBalancerFacts> wanted =
            arns.isEmpty() ? all : arns.stream().map(arn -> find(all, xml, arn)).toList();
        yield listed(call, wanted, "LoadBalancers", xml::balancer);
      }
      case "DescribeListeners" -> {
        onlyKnown(call.params(), Set.of("Marker", "PageSize", "LoadBalancerArn"), "-");
        String arn =
            call.params()
                .get("LoadBalancerArn")
                .orElseThrow(() ->
                    validation("You must specify either listener ARNs or a load balancer ARN"));
        LoadBalancerFacts balancer = find(all, xml, arn);
        yield listed(call, balancer.listeners(), "Listeners", each -> xml.listener(balancer, each));
      }
      default -> throw noSuchOperation(call.action(), VERSION);
    };
  }

  private <T> Reply listed(Call call, List<T> all, String member, Function<T, String> form) {
    int most =
        call.params()
            .number(
                "PageSize",
                1,
                MOST,
                MOST,
                () -> validation("PageSize is a number from 1 to " + MOST));
    Paging.Page<T> page =
        paging
            .ifAsked(call.params().has("PageSize"))
            .page(
                all,
                call.caller().accountId()
                    + "/"
                    + call.region()
                    + "/"
                    + member
                    + call.params().get("LoadBalancerArn").orElse(""),
                call.params().get("Marker"),
                most,
                () -> validation("The specified marker is not valid"));
    String next =
        page.next().map(marker -> "<NextMarker>%s</NextMarker>".formatted(marker)).orElse("");
    return Reply.of(
        200,
        "text/xml",
        """
        <%sResponse xmlns="%s">
          <%sResult>
            <%s>%s</%s>%s
          </%sResult>
          <ResponseMetadata>
            <RequestId>%s</RequestId>
          </ResponseMetadata>
        </%sResponse>
        """
            .formatted(
                call.action(),
                NAMESPACE,
                call.action(),
                member,
                page.items().stream().map(form).collect(Collectors.joining()),
                member,
                next,
                call.action(),
                call.requestId(),
                call.action()));
  }

  private static LoadBalancerFacts find(
      List<LoadBalancerFacts> all, LoadBalancerXml xml, String arn) {
    return all.stream()
        .filter(each -> xml.arn(each).equals(arn))
        .findFirst()
        .orElseThrow(() ->
            new AwsError(400, "LoadBalancerNotFound", "One or more load balancers not found"));
  }

  private static void onlyKnown(Params params, Set<String> known, String prefix) {
    for (String name : params.names()) {
      if (!known.contains(name)
          && !name.startsWith(prefix)
          && !name.equals("Action")
          && !name.equals("Version")) {
        throw validation("The sample AWS does not support the parameter " + name);
      }
    }
  }

  private static AwsError validation(String message) {
    return new AwsError(400, "ValidationError", message);
  }

  private static AwsError noSuchOperation(String action, String version) {
    return new AwsError(
        400,
        "InvalidAction",
        "Could not find operation %s for version %s".formatted(action, version));
  }
}
