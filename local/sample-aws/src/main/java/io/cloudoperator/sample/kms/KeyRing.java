package io.cloudoperator.sample.kms;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The keys there are, found by any of their four names. */
public final class KeyRing {

  private final Map<String, KmsKey> keys = new ConcurrentHashMap<>();

  public void put(KmsKey key) {
    keys.put(key.arn(), key);
  }

  public Collection<KmsKey> all() {
    return List.copyOf(keys.values());
  }

  /** The only key that is for that. */
  public Optional<KmsKey> only(KmsKey.Usage usage) {
    return keys.values().stream().filter(key -> key.usage() == usage).findFirst();
  }

  /**
   * The key of that ARN, id, alias ARN or alias; the short names are those of the caller's account.
   */
  Optional<KmsKey> find(String name, String accountId, String region) {
    return keys.values().stream()
        .filter(key -> key.region().equals(region))
        .filter(key ->
            key.arn().equals(name)
                || name.equals(
                    "arn:aws:kms:%s:%s:%s".formatted(region, key.accountId(), key.alias()))
                || (key.accountId().equals(accountId)
                    && (key.id().equals(name) || key.alias().equals(name))))
        .findFirst();
  }
}
