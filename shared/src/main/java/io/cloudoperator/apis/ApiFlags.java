package io.cloudoperator.apis;

import io.cloudoperator.scan.RegionName;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.RiskFlag.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an account's owner should look at among the APIs that were read. A service that was not read
 * is not among them, and so can neither raise a flag nor calm one.
 */
public final class ApiFlags {
  private ApiFlags() {}

  /**
   * The flags, the most severe first; what is not there has no flag. Regions are those in which it
   * was found: CloudFront has none.
   */
  public static List<RiskFlag> of(Inventory inventory) {
    List<RiskFlag> flags = new ArrayList<>();
    for (ApiFlagRule rule : ApiFlagRules.ALL) {
      flag(rule, inventory.apis()).ifPresent(flags::add);
    }
    flags.sort(Comparator.comparing(RiskFlag::severity).thenComparing(RiskFlag::kind));
    return List.copyOf(flags);
  }

  private static Optional<RiskFlag> flag(ApiFlagRule rule, List<Api> apis) {
    SortedMap<String, Long> where = new TreeMap<>();
    long count = 0;
    long whole = 0;
    Set<String> names = new HashSet<>();
    for (Api api : apis) {
      whole += rule.whole().applyAsLong(api);
      if (api.flags().containsKey(rule.kind())) {
        long here =
            rule.kind() == Kind.TLS_BELOW_1_2
                ? weakNames(api, names)
                : api.flags().get(rule.kind());
        where.merge(api.id().region(), here, Long::sum);
        count += here;
      }
    }
    if (count == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new RiskFlag(
            rule.kind(),
            rule.severity(),
            count,
            mostFirst(where),
            rule.title(count, whole),
            rule.why(),
            rule.remedy()));
  }

  /** A domain may lead to many APIs: it is one name with one TLS policy. */
  private static long weakNames(Api api, Set<String> seen) {
    return weak(api).filter(seen::add).count();
  }

  private static Stream<String> weak(Api api) {
    return api.entrances().stream()
        .filter(way ->
            way.kind() != Entrance.Kind.DISTRIBUTION || api.id().kind() == ApiKind.DISTRIBUTION)
        .filter(way -> way.tls().filter(Tls::allowsBelow12).isPresent())
        .map(Entrance::host);
  }

  private static List<RegionName> mostFirst(SortedMap<String, Long> counts) {
    return counts.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(ApiId.GLOBAL))
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(entry -> new RegionName(entry.getKey()))
        .toList();
  }
}
