package io.cloudoperator.service.elb;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A load balancer.
 *
 * @param id the end of its ARN, such as {@code app/web/50dc6c495c0c9188}
 * @param type as AWS names it: application, network, gateway
 */
public record LoadBalancer(
    String id,
    String name,
    String type,
    boolean internetFacing,
    String host,
    Optional<Instant> created,
    List<Listener> listeners) {
  public LoadBalancer {
    listeners = List.copyOf(listeners);
  }

  /**
   * What it listens to.
   *
   * @param protocol as AWS names it: HTTP, HTTPS, TCP, TLS, UDP, TCP_UDP, GENEVE …
   * @param tlsPolicy the name of its security policy, such as {@code ELBSecurityPolicy-2016-08}
   * @param redirectsToHttps whether its default action does
   * @param authenticates whether its default actions authenticate users
   */
  public record Listener(
      int port,
      String protocol,
      Optional<String> tlsPolicy,
      boolean redirectsToHttps,
      boolean authenticates) {}
}
