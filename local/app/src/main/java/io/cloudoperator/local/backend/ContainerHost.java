package io.cloudoperator.local.backend;

import java.net.InetAddress;

/**
 * By what name containers reach this machine: an IP address of it, Docker's bridge's for one, or
 * {@code host.docker.internal}, which Docker Desktop takes to this machine's loopback interface.
 */
public record ContainerHost(String name) {
  private static final String DOCKER_DESKTOP = "host.docker.internal";

  /**
   * @throws IllegalArgumentException if it is no such name: containers have a loopback interface of
   *     their own, and the address of all interfaces leads nowhere
   */
  public ContainerHost {
    if (!name.equals(DOCKER_DESKTOP)) {
      InetAddress address;
      try {
        address = InetAddress.ofLiteral(name);
      } catch (IllegalArgumentException _) {
        throw new IllegalArgumentException("it is an IP address or " + DOCKER_DESKTOP);
      }
      if (address.isAnyLocalAddress() || address.isLoopbackAddress()) {
        throw new IllegalArgumentException("no container reaches this machine by " + name);
      }
    }
  }

  /** What to listen on. */
  InetAddress address() {
    return name.equals(DOCKER_DESKTOP)
        ? InetAddress.getLoopbackAddress()
        : InetAddress.ofLiteral(name);
  }

  /** How a container addresses a port of it. */
  String url(int port) {
    return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
  }
}
