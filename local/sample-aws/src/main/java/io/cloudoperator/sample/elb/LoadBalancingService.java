package io.cloudoperator.sample.elb;

import io.cloudoperator.sample.data.Generator;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.Paging;
import io.cloudoperator.sample.wire.Protocol;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.WireResponse;
import io.cloudoperator.sample.wire.XmlText;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Elastic Load Balancing v2: load balancers and their listeners. */
public final class LoadBalancingService extends Service {

  private static final String ARNS = "LoadBalancerArns.member";

  // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html
  private static final Paging.Rules PAGES =
      new Paging.Rules("PageSize", 400, "Marker", LoadBalancingService::validation);

  /** The service. */
  public LoadBalancingService() {
    super("elasticloadbalancing", Protocol.QUERY, "2015-12-01");
  }

  @Override
  public Optional<Generator> generator() {
    return Optional.of(new LoadBalancerGenerator());
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.named("DescribeLoadBalancers", LoadBalancingService::balancers),
        Operation.named("DescribeListeners", LoadBalancingService::listeners));
  }

  private static WireResponse balancers(ServiceCall call) {
    List<String> arns = call.params().list(ARNS);
    List<LoadBalancerFacts> wanted =
        arns.isEmpty()
            ? call.held(LoadBalancerFacts.class)
            : arns.stream().map(arn -> find(call, arn)).toList();
    String[] known = call.params().listNames(ARNS);
    return listed(call, wanted, "LoadBalancers", xml(call)::balancer, known);
  }

  private static WireResponse listeners(ServiceCall call) {
    LoadBalancerFacts balancer =
        find(
            call,
            call.params()
                .get("LoadBalancerArn")
                .orElseThrow(() ->
                    validation("You must specify either listener ARNs or a load balancer ARN")));
    return listed(
        call,
        balancer.listeners(),
        "Listeners",
        each -> xml(call).listener(balancer, each),
        "LoadBalancerArn");
  }

  private static <T> WireResponse listed(
      ServiceCall call,
      List<T> all,
      String member,
      Function<T, String> form,
      String... parameters) {
    Paging.Page<T> page = call.page(all, PAGES, parameters);
    return XmlText.result(
        call,
        "<%s>%s</%s>%s"
            .formatted(
                member,
                page.items().stream().map(form).collect(Collectors.joining()),
                member,
                page.next().map("<NextMarker>%s</NextMarker>"::formatted).orElse("")));
  }

  private static LoadBalancerXml xml(ServiceCall call) {
    return new LoadBalancerXml(call.region(), call.caller().accountId());
  }

  private static LoadBalancerFacts find(ServiceCall call, String arn) {
    return call.held(LoadBalancerFacts.class).stream()
        .filter(each -> xml(call).arn(each).equals(arn))
        .findFirst()
        .orElseThrow(() ->
            new AwsError(400, "LoadBalancerNotFound", "One or more load balancers not found"));
  }

  private static AwsError validation(String message) {
    return new AwsError(400, "ValidationError", message);
  }
}
