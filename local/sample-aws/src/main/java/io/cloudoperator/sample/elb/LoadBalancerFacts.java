package io.cloudoperator.sample.elb;

import io.cloudoperator.sample.data.Regional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A load balancer.
 *
 * @param id the end of its ARN, such as {@code app/web/50dc6c495c0c9188}
 * @param type application or network
 */
public record LoadBalancerFacts(
    String region,
    String id,
    String name,
    String type,
    boolean internetFacing,
    Instant created,
    List<Listener> listeners)
    implements Regional {

  public LoadBalancerFacts {
    listeners = List.copyOf(listeners);
  }

  @Override
  public int apis() {
    return 1;
  }

  /**
   * What it listens to.
   *
   * @param protocol HTTP, HTTPS, TCP, TLS …
   * @param redirects whether its default action redirects to HTTPS
   * @param authenticates whether its default actions authenticate users with Cognito
   */
  public record Listener(
      int port,
      String protocol,
      Optional<String> sslPolicy,
      boolean redirects,
      boolean authenticates) {}

  public String host() {
    String start =
        (internetFacing ? "" : "internal-") + name + "-" + id.substring(id.lastIndexOf('/') + 1);
    return type.equals("network")
        ? "%s.elb.%s.amazonaws.com".formatted(start, region)
        : "%s.%s.elb.amazonaws.com".formatted(start, region);
  }
}
