package io.cloudoperator.service.elb;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.ItemReads;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.ReadOperation.Declaration;
import io.cloudoperator.aws.Timestamps;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.aws.XmlPages;
import io.cloudoperator.aws.XmlReader;
import io.cloudoperator.service.elb.LoadBalancer.Listener;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads load balancers, and what each listens to. Of what a listener does only redirects and
 * authentication are read.
 */
final class LoadBalancerReader {
  private static final String LOAD_BALANCER = "LoadBalancerArn";

  // A gateway load balancer takes every packet, and passes it on in this way; its listener says
  // neither.
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/gateway-load-balancers.html
  private static final String GENEVE = "GENEVE";
  private static final int GENEVE_PORT = 6081;

  /**
   * The load balancers.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html">DescribeLoadBalancers</a>
   */
  static final ReadOperation<List<Found>> DESCRIBE_LOAD_BALANCERS =
      listing(
          ReadOperation.audit(
              ElasticLoadBalancing.SERVICE,
              "DescribeLoadBalancers",
              "Names the load balancers, and which of them face the internet."),
          "LoadBalancers",
          LoadBalancerReader::loadBalancer);

  /**
   * What one of them listens to.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListeners.html">DescribeListeners</a>
   */
  static final ReadOperation<List<Listener>> DESCRIBE_LISTENERS =
      listing(
          ReadOperation.audit(
                  ElasticLoadBalancing.SERVICE,
                  "DescribeListeners",
                  "Tells the protocols and TLS of a load balancer, and whether HTTP leads to HTTPS.")
              .argument(LOAD_BALANCER),
          "Listeners",
          LoadBalancerReader::listener);

  private LoadBalancerReader() {}

  private static <T> ReadOperation<List<T>> listing(
      Declaration operation, String list, XmlPages.Item<T> item) {
    // The largest page.
    return operation.parameter("PageSize", "400").queryList("Marker", list, "NextMarker", item);
  }

  /** The load balancers of a region; one that vanishes while it is read is left out. */
  static List<LoadBalancer> read(AwsClient elb, ItemReads items) {
    return items.each(
        elb.list(DESCRIBE_LOAD_BALANCERS, Map.of(), Found::arn),
        found -> found.loadBalancer().id(),
        found ->
            found.with(
                elb.list(
                    DESCRIBE_LISTENERS,
                    Map.of(LOAD_BALANCER, found.arn()),
                    listener -> listener.protocol() + listener.port())));
  }

  /**
   * A load balancer whose listeners are still to be asked for.
   *
   * @param arn by which they are; it is not kept
   */
  record Found(String arn, LoadBalancer loadBalancer) {
    LoadBalancer with(List<Listener> listeners) {
      return new LoadBalancer(
          loadBalancer.id(),
          loadBalancer.name(),
          loadBalancer.type(),
          loadBalancer.internetFacing(),
          loadBalancer.host(),
          loadBalancer.created(),
          listeners);
    }
  }

  private static Found loadBalancer(XmlReader xml) throws IOException {
    String arn = "";
    String name = "";
    String type = "";
    String scheme = "";
    String host = "";
    Optional<Instant> created = Optional.empty();
    for (int member = xml.enter(); xml.next(member); ) {
      switch (xml.name()) {
        case "LoadBalancerArn" -> arn = xml.text();
        case "LoadBalancerName" -> name = xml.text();
        case "Type" -> type = xml.text();
        case "Scheme" -> scheme = xml.text();
        case "DNSName" -> host = xml.text();
        case "CreatedTime" -> created = Timestamps.iso(xml.readText());
        default -> {}
      }
    }
    return new Found(
        arn,
        new LoadBalancer(id(arn), name, type, internetFacing(scheme), host, created, List.of()));
  }

  /** Gateway load balancers have none. One that is not known here is not taken for a fence. */
  private static boolean internetFacing(String scheme) {
    return !scheme.isEmpty() && !scheme.equals("internal");
  }

  private static String id(String arn) throws UnreadableResponseException {
    String resource = arn.substring(arn.lastIndexOf(':') + 1);
    int slash = resource.indexOf('/');
    if (!resource.startsWith("loadbalancer/") || slash + 1 == resource.length()) {
      throw new UnreadableResponseException("a load balancer has no ARN");
    }
    return resource.substring(slash + 1);
  }

  private static Listener listener(XmlReader xml) throws IOException {
    String port = "";
    String protocol = "";
    String policy = "";
    boolean redirects = false;
    boolean authenticates = false;
    for (int member = xml.enter(); xml.next(member); ) {
      switch (xml.name()) {
        case "Port" -> port = xml.text();
        case "Protocol" -> protocol = xml.text();
        case "SslPolicy" -> policy = xml.text();
        case "DefaultActions" -> {
          for (int actions = xml.enter(); xml.next(actions); ) {
            switch (action(xml)) {
              case REDIRECTS_TO_HTTPS -> redirects = true;
              case AUTHENTICATES -> authenticates = true;
              case OTHER -> {}
            }
          }
        }
        default -> {}
      }
    }
    return new Listener(
        port.isEmpty() ? GENEVE_PORT : port(port),
        protocol.isEmpty() ? GENEVE : protocol,
        Optional.of(policy).filter(name -> !name.isEmpty()),
        redirects,
        authenticates);
  }

  private static int port(String text) throws UnreadableResponseException {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new UnreadableResponseException("a port is no number");
    }
  }

  private enum Action {
    REDIRECTS_TO_HTTPS,
    AUTHENTICATES,
    OTHER
  }

  /** Of what it does, only these are read: an address or a client's secret never is. */
  private static Action action(XmlReader xml) throws IOException {
    String type = "";
    String protocol = "";
    for (int action = xml.enter(); xml.next(action); ) {
      switch (xml.name()) {
        case "Type" -> type = xml.text();
        case "RedirectConfig" -> protocol = xml.text("Protocol");
        default -> {}
      }
    }
    return switch (type) {
      case "redirect" -> protocol.equals("HTTPS") ? Action.REDIRECTS_TO_HTTPS : Action.OTHER;
      case "authenticate-oidc", "authenticate-cognito", "jwt-validation" -> Action.AUTHENTICATES;
      default -> Action.OTHER;
    };
  }
}
