package io.cloudoperator.sample.iam;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One action on one resource, with the condition keys known of the request (names in lower case).
 */
public record AccessRequest(String action, String resource, Map<String, String> keys) {

  public AccessRequest {
    keys = Map.copyOf(keys);
  }

  /** A request by {@code caller} in {@code region}, with the global condition keys filled in. */
  public static AccessRequest of(Caller caller, String action, String resource, String region) {
    return new AccessRequest(
        action,
        resource,
        Map.of(
            "aws:requestedregion", region,
            "aws:principalarn", caller.principalArn(),
            "aws:principalaccount", caller.accountId(),
            "aws:userid", caller.userId(),
            // The loopback port stands for the HTTPS endpoint of AWS.
            "aws:securetransport", "true"));
  }

  /** The same request with one more condition key. */
  public AccessRequest with(String key, String value) {
    Map<String, String> more = new HashMap<>(keys);
    more.put(key.toLowerCase(Locale.ROOT), value);
    return new AccessRequest(action, resource, more);
  }

  /** The same request for another action. */
  public AccessRequest forAction(String other) {
    return new AccessRequest(other, resource, keys);
  }

  Optional<String> key(String name) {
    return Optional.ofNullable(keys.get(name));
  }
}
