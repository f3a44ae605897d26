package io.cloudoperator.aws;

/** Reads the hosts of addresses. */
public final class HostNames {
  private HostNames() {}

  /** The host of {@code https://host/path}, with its port if it has one; nothing else is kept. */
  public static String of(String address) {
    int scheme = address.indexOf("://");
    String rest = scheme < 0 ? address : address.substring(scheme + "://".length());
    int end = 0;
    while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    return rest.substring(rest.lastIndexOf('@', end - 1) + 1, end);
  }
}
