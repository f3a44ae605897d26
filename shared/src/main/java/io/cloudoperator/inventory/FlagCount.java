package io.cloudoperator.inventory;

import io.cloudoperator.scan.RiskFlag.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * In how many places a flag is raised.
 *
 * @param where by region; only those in which it was found
 * @param whole of how many places
 */
record FlagCount(SortedMap<String, Long> where, long whole) {
  long count() {
    return where.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What stands at the APIs themselves, added up. */
  static FlagCount of(Kind kind, ToLongFunction<Api> whole, List<Api> apis) {
    SortedMap<String, Long> where = new TreeMap<>();
    for (Api api : apis) {
      Long count = api.flags().get(kind);
      if (count != null) {
        where.merge(api.id().region(), count, Long::sum);
      }
    }
    return new FlagCount(where, apis.stream().mapToLong(whole).sum());
  }

  /**
   * The names that accept old TLS. A domain may lead to many APIs, each of which has the flag: it
   * is one name with one policy.
   */
  static FlagCount ofWeakNames(List<Api> apis) {
    SortedMap<String, Long> where = new TreeMap<>();
    Set<String> weak = new HashSet<>();
    Set<String> all = new HashSet<>();
    for (Api api : apis) {
      ownWays(api)
          .forEach(way -> {
            all.add(way.host());
            if (way.allowsOldTls() && weak.add(way.host())) {
              where.merge(api.id().region(), 1L, Long::sum);
            }
          });
    }
    return new FlagCount(where, all.size());
  }

  private static Stream<Endpoint> ownWays(Api api) {
    return api.entrances().stream()
        .filter(way -> way.tls().isPresent())
        .filter(way -> ApiFlagCounter.answersFor(api.id().kind(), way));
  }
}
