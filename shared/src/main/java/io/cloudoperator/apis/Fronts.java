package io.cloudoperator.apis;

import io.cloudoperator.apis.facts.Distribution;
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
import java.util.stream.Stream;

/** The enabled distributions, by the hosts that they fetch from. */
final class Fronts {
  static final Fronts NONE = new Fronts(Map.of());

  private final Map<String, List<Distribution>> byOrigin;

  private Fronts(Map<String, List<Distribution>> byOrigin) {
    this.byOrigin = byOrigin;
  }

  static Fronts of(List<Distribution> distributions) {
    Map<String, List<Distribution>> byOrigin = new HashMap<>();
    for (Distribution distribution : distributions) {
      if (distribution.enabled()) {
        for (String origin : distribution.origins()) {
          byOrigin.computeIfAbsent(plain(origin), _ -> new ArrayList<>()).add(distribution);
        }
      }
    }
    return new Fronts(byOrigin);
  }

  /**
   * The ways that lead through distributions.
   *
   * @param behind the open ways, by the hosts under which a distribution reaches them
   * @param exposure of what is reached
   */
  List<Entrance> to(Map<String, ? extends Collection<Entrance>> behind, Exposure exposure) {
    Map<Distribution, Set<Entrance>> reached = new LinkedHashMap<>();
    behind.forEach((host, ways) -> {
      for (Distribution distribution : byOrigin.getOrDefault(plain(host), List.of())) {
        reached.computeIfAbsent(distribution, _ -> new LinkedHashSet<>()).addAll(ways);
      }
    });
    List<Entrance> entrances = new ArrayList<>();
    reached.forEach((distribution, ways) -> {
      if (!ways.isEmpty()) {
        entrances.addAll(through(distribution, ways, exposure));
      }
    });
    return entrances;
  }

  // Which of the ways a path takes is not read: what is said of the distribution holds for all.
  private static List<Entrance> through(
      Distribution distribution, Set<Entrance> ways, Exposure exposure) {
    boolean mutualTls = ways.stream().allMatch(Entrance::mutualTls);
    Optional<String> webAcl = distribution.webAcl().or(() -> common(ways));
    return entrances(distribution, exposure, webAcl, mutualTls);
  }

  /** One for each name of a distribution. */
  static List<Entrance> entrances(
      Distribution distribution, Exposure exposure, Optional<String> webAcl, boolean mutualTls) {
    return Stream.concat(Stream.of(distribution.host()), distribution.aliases().stream())
        .distinct()
        .map(host ->
            new Entrance(
                Entrance.Kind.DISTRIBUTION,
                host,
                "",
                "",
                exposure,
                Optional.of(distribution.minimumTls()).filter(tls -> !tls.isEmpty()),
                webAcl,
                mutualTls,
                distribution.plainHttp()))
        .toList();
  }

  private static Optional<String> common(Set<Entrance> ways) {
    return ways.stream().allMatch(way -> way.webAcl().isPresent())
        ? ways.iterator().next().webAcl()
        : Optional.empty();
  }

  private static String plain(String host) {
    return host.toLowerCase(Locale.ROOT);
  }
}
