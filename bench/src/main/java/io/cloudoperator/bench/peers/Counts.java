package io.cloudoperator.bench.peers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was found in an account, as far as all can say it.
 *
 * @param states how many instances, by region and state, such as {@code eu-west-1 running}
 * @param families how many that are not about to be gone, by family, such as {@code m7g}
 * @param buckets empty of a peer that does not read them
 */
record Counts(
    SortedMap<String, Long> states, SortedMap<String, Long> families, OptionalLong buckets) {
  // Snapshots count families so.
  private static final Set<String> ENDING = Set.of("shutting-down", "terminated");

  Counts {
    states = Collections.unmodifiableSortedMap(new TreeMap<>(states));
    families = Collections.unmodifiableSortedMap(new TreeMap<>(families));
  }

  /**
   * From lines such as {@code instances eu-west-1 running m7g.large 12} and {@code buckets 24}; or,
   * of what is counted already, {@code state eu-west-1 running 12} and {@code family m7g 12}.
   *
   * @throws IllegalArgumentException if another line is among them
   */
  static Counts ofLines(List<String> lines) {
    SortedMap<String, Long> states = new TreeMap<>();
    SortedMap<String, Long> families = new TreeMap<>();
    OptionalLong buckets = OptionalLong.empty();
    for (String line : lines) {
      String[] words = line.strip().split("\\s+", -1);
      if (words[0].equals("instances") && words.length == 5) {
        long count = Long.parseLong(words[4]);
        states.merge(words[1] + " " + words[2], count, Long::sum);
        if (!ENDING.contains(words[2])) {
          families.merge(words[3].replaceFirst("\\..*", ""), count, Long::sum);
        }
      } else if (words[0].equals(Reader.STATE) && words.length == 4) {
        states.merge(words[1] + " " + words[2], Long.parseLong(words[3]), Long::sum);
      } else if (words[0].equals(Reader.FAMILY) && words.length == 3) {
        families.merge(words[1], Long.parseLong(words[2]), Long::sum);
      } else if (words[0].equals("buckets") && words.length == 2) {
        buckets = OptionalLong.of(Long.parseLong(words[1]));
      } else {
        throw new IllegalArgumentException("it said: " + line);
      }
    }
    return new Counts(states, families, buckets);
  }

  /** From a snapshot as the API answers it. */
  static Counts ofSnapshot(JsonNode snapshot) {
    SortedMap<String, Long> states = new TreeMap<>();
    for (JsonNode region : snapshot.path("regions")) {
      for (Map.Entry<String, JsonNode> state :
          region.path("instances").path("byState").properties()) {
        states.put(
            region.path("region").asText() + " " + state.getKey(), state.getValue().asLong());
      }
    }
    SortedMap<String, Long> families = new TreeMap<>();
    JsonNode totals = snapshot.path("totals");
    totals
        .path("instances")
        .path("byFamily")
        .properties()
        .forEach(family -> families.put(family.getKey(), family.getValue().asLong()));
    return new Counts(
        states, families, OptionalLong.of(totals.path("buckets").path("total").asLong(-1)));
  }

  /** The first thing that the other counts otherwise, in a sentence; buckets if both say them. */
  Optional<String> difference(Counts other) {
    return difference(states, other.states)
        .or(() -> difference(families, other.families))
        .or(() ->
            buckets.isEmpty() || other.buckets.isEmpty() || buckets.equals(other.buckets)
                ? Optional.empty()
                : Optional.of("buckets: %s and %s".formatted(buckets, other.buckets)));
  }

  private static Optional<String> difference(Map<String, Long> one, Map<String, Long> other) {
    SortedMap<String, Long> all = new TreeMap<>(one);
    all.putAll(other);
    return all.keySet().stream()
        .filter(key -> !one.getOrDefault(key, 0L).equals(other.getOrDefault(key, 0L)))
        .findFirst()
        .map(key ->
            "%s: %d and %d".formatted(key, one.getOrDefault(key, 0L), other.getOrDefault(key, 0L)));
  }

  /** How many instances there are. */
  long instances() {
    return states.values().stream().mapToLong(Long::longValue).sum();
  }
}
