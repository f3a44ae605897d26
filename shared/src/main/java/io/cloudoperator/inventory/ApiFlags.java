package io.cloudoperator.inventory;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.scan.RiskFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The risk flags of the APIs that were read. A service that was not read neither raises nor
 * resolves a flag.
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
    flags.sort(RiskFlag.MOST_SEVERE_FIRST);
    return List.copyOf(flags);
  }

  private static Optional<RiskFlag> flag(ApiFlagRule rule, List<Api> apis) {
    FlagCount counted = rule.counting().count(rule.kind(), apis);
    long count = counted.count();
    if (count == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new RiskFlag(
            rule.kind(),
            rule.severity(),
            count,
            mostFirst(counted.where()),
            rule.title(count, counted.whole()),
            rule.why(),
            rule.remedy()));
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
