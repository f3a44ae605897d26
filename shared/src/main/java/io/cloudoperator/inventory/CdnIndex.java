package io.cloudoperator.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The enabled distributions, by the hosts that they fetch from. */
public final class CdnIndex {
  private final Map<String, List<CdnDistribution>> byOrigin;
  private final boolean complete;

  private CdnIndex(Map<String, List<CdnDistribution>> byOrigin, boolean complete) {
    this.byOrigin = byOrigin;
    this.complete = complete;
  }

  /** Whether every distribution is known: what none leads to is then known to have no such way. */
  public boolean complete() {
    return complete;
  }

  /**
   * The index of these distributions.
   *
   * @param complete whether they are all that the account has
   */
  public static CdnIndex of(List<CdnDistribution> distributions, boolean complete) {
    Map<String, List<CdnDistribution>> byOrigin = new HashMap<>();
    for (CdnDistribution distribution : distributions) {
      for (String origin : distribution.origins()) {
        byOrigin.computeIfAbsent(plain(origin), _ -> new ArrayList<>()).add(distribution);
      }
    }
    return new CdnIndex(byOrigin, complete);
  }

  /**
   * The ways that lead through distributions.
   *
   * @param behind the open ways, by the hosts under which a distribution reaches them
   * @param exposure of what is reached
   */
  public List<Endpoint> to(Map<String, ? extends Collection<Endpoint>> behind, Exposure exposure) {
    Map<CdnDistribution, Set<Endpoint>> reached = new LinkedHashMap<>();
    behind.forEach((host, ways) -> {
      for (CdnDistribution distribution : byOrigin.getOrDefault(plain(host), List.of())) {
        reached.computeIfAbsent(distribution, _ -> new LinkedHashSet<>()).addAll(ways);
      }
    });
    List<Endpoint> entrances = new ArrayList<>();
    reached.forEach((distribution, ways) -> {
      if (!ways.isEmpty()) {
        entrances.addAll(through(distribution, ways, exposure));
      }
    });
    return entrances;
  }

  // Which of the ways a path takes is not read: what is said of the distribution holds for all.
  private static List<Endpoint> through(
      CdnDistribution distribution, Set<Endpoint> ways, Exposure exposure) {
    boolean known = ways.stream().anyMatch(way -> way.exposure() != Exposure.UNKNOWN);
    boolean mutualTls = ways.stream().allMatch(Endpoint::mutualTls);
    Optional<String> webAcl = distribution.webAcl().or(() -> common(ways));
    return distribution.endpoints(known ? exposure : Exposure.UNKNOWN, webAcl, mutualTls);
  }

  private static Optional<String> common(Set<Endpoint> ways) {
    return ways.stream().allMatch(way -> way.webAcl().isPresent())
        ? ways.iterator().next().webAcl()
        : Optional.empty();
  }

  private static String plain(String host) {
    return host.toLowerCase(Locale.ROOT);
  }
}
