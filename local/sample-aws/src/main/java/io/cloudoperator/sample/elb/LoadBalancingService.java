package io.cloudoperator.sample.elb;

import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.Paging;
import io.cloudoperator.sample.wire.Protocol;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.Xml;
import java.util.List;

/** Elastic Load Balancing v2: load balancers and their listeners. */
public final class LoadBalancingService extends Service {

  private static final String ARNS = "LoadBalancerArns.member";

  // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html
  private static final Paging.Rules PAGES =
      new Paging.Rules("PageSize", 400, "Marker", LoadBalancingService::validation);

  public LoadBalancingService() {
    super("elasticloadbalancing", Protocol.QUERY, "2015-12-01", new LoadBalancerGenerator());
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.query("DescribeLoadBalancers", LoadBalancingService::balancers),
        Operation.query("DescribeListeners", LoadBalancingService::listeners));
  }

  private static void balancers(ServiceCall call, Xml xml) {
    List<String> arns = call.params().list(ARNS);
    List<LoadBalancerFacts> wanted =
        arns.isEmpty()
            ? call.held(LoadBalancerFacts.class)
            : arns.stream().map(arn -> find(call, arn)).toList();
    Paging.Page<LoadBalancerFacts> page = call.page(wanted, PAGES, call.params().listNames(ARNS));
    LoadBalancerXml form = new LoadBalancerXml(call, xml);
    xml.list("LoadBalancers", "member", page.items(), form::balancer);
    xml.leaf("NextMarker", page.next());
  }

  private static void listeners(ServiceCall call, Xml xml) {
    LoadBalancerFacts balancer =
        find(
            call,
            call.params()
                .get("LoadBalancerArn")
                .orElseThrow(() ->
                    validation("You must specify either listener ARNs or a load balancer ARN")));
    Paging.Page<LoadBalancerFacts.Listener> page =
        call.page(balancer.listeners(), PAGES, "LoadBalancerArn");
    LoadBalancerXml form = new LoadBalancerXml(call, xml);
    xml.list("Listeners", "member", page.items(), each -> form.listener(balancer, each));
    xml.leaf("NextMarker", page.next());
  }

  private static LoadBalancerFacts find(ServiceCall call, String arn) {
    return call.held(LoadBalancerFacts.class).stream()
        .filter(each -> LoadBalancerXml.arn(call, each).equals(arn))
        .findFirst()
        .orElseThrow(() ->
            new AwsError(400, "LoadBalancerNotFound", "One or more load balancers not found"));
  }

  private static AwsError validation(String message) {
    return new AwsError(400, "ValidationError", message);
  }
}
