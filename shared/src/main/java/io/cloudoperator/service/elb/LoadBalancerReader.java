package io.cloudoperator.service.elb;

import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.Timestamps;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.aws.XmlReader;
import io.cloudoperator.service.elb.LoadBalancer.Listener;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads load balancers and their listeners from the answers of Elastic Load Balancing. */
final class LoadBalancerReader {
  // Several times the largest page.
  private static final int MOST_OF_A_PAGE = 2000;

  // A gateway load balancer takes every packet, and passes it on in this way; its listener says
  // neither.
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/gateway-load-balancers.html
  private static final String GENEVE = "GENEVE";
  private static final int GENEVE_PORT = 6081;

  private LoadBalancerReader() {}

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

  /**
   * A page of load balancers.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html">DescribeLoadBalancers</a>
   */
  static Page<List<Found>> loadBalancers(InputStream answer) throws IOException {
    return page(
        answer,
        "DescribeLoadBalancersResponse",
        "DescribeLoadBalancersResult",
        "LoadBalancers",
        LoadBalancerReader::loadBalancer);
  }

  /**
   * A page of the listeners of one load balancer.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListeners.html">DescribeListeners</a>
   */
  static Page<List<Listener>> listeners(InputStream answer) throws IOException {
    return page(
        answer,
        "DescribeListenersResponse",
        "DescribeListenersResult",
        "Listeners",
        LoadBalancerReader::listener);
  }

  private interface Item<T> {
    T read(XmlReader xml) throws IOException;
  }

  private static <T> Page<List<T>> page(
      InputStream answer, String root, String result, String list, Item<T> item)
      throws IOException {
    XmlReader xml = XmlReader.open(answer, root);
    List<T> items = new ArrayList<>();
    boolean listed = false;
    String marker = "";
    for (int response = xml.enter(); xml.next(response); ) {
      if (!xml.name().equals(result)) {
        continue;
      }
      for (int level = xml.enter(); xml.next(level); ) {
        if (xml.name().equals(list)) {
          listed = true;
          for (int members = xml.enter(); xml.next(members); ) {
            items.add(item.read(xml));
            if (items.size() > MOST_OF_A_PAGE) {
              throw new UnreadableResponseException("lists more than " + MOST_OF_A_PAGE);
            }
          }
        } else if (xml.name().equals("NextMarker")) {
          marker = xml.text();
        }
      }
    }
    if (!listed) {
      throw new UnreadableResponseException("the answer has no " + list);
    }
    return new Page<>(List.copyOf(items), Optional.of(marker).filter(next -> !next.isEmpty()));
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
        new LoadBalancer(
            id(arn), name, type, scheme.equals("internet-facing"), host, created, List.of()));
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
        case "RedirectConfig" -> {
          for (int redirect = xml.enter(); xml.next(redirect); ) {
            if (xml.name().equals("Protocol")) {
              protocol = xml.text();
            }
          }
        }
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
