package io.cloudoperator.local.client;

/**
 * The proxy through which an address is reached.
 *
 * @param hostAndPort where it listens
 * @param setting what names it, such as the variable {@code HTTPS_PROXY}
 * @param authorization the credentials of a {@code Proxy-Authorization}; empty if none are known
 */
public record ProxyRoute(String hostAndPort, String setting, String authorization) {
  /** Without the credentials. */
  @Override
  public String toString() {
    return "the proxy %s of %s".formatted(hostAndPort, setting);
  }
}
