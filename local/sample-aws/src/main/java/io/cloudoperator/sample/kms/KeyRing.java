package io.cloudoperator.sample.kms;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The keys there are, found by any of their four names. */
public final class KeyRing {

  private final Map<String, Key> keys = new ConcurrentHashMap<>();

  public void put(Key key) {
    keys.put(key.arn(), key);
  }

  public Collection<Key> all() {
    return List.copyOf(keys.values());
  }

  /** The only key of that type. */
  public <K extends Key> Optional<K> only(Class<K> type) {
    return keys.values().stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /**
   * The key of that ARN, id, alias ARN or alias; the short names are those of the caller's account.
   */
  Optional<Key> find(String name, String accountId, String region) {
    return keys.values().stream()
        .filter(key -> key.region().equals(region))
        .filter(key ->
            key.arn().equals(name)
                || key.aliasArn().equals(name)
                || (key.accountId().equals(accountId)
                    && (key.id().equals(name) || key.alias().equals(name))))
        .findFirst();
  }
}
