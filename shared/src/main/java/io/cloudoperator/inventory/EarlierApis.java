package io.cloudoperator.inventory;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What earlier scans have read of APIs: what a scan need not read again, or does not come to. Of
 * each source the newest inventory counts in which it was read. Immutable.
 */
public final class EarlierApis {
  /** Of an account that has not been scanned yet. */
  public static final EarlierApis NONE = new EarlierApis();

  private final Map<ApiId, Known> apis = new HashMap<>();
  private final Map<Inventory.Source, Map<Long, Instant>> rounds = new HashMap<>();

  private EarlierApis() {}

  /** An inventory, and when its scan began: nothing in it was read before. */
  public record Scanned(Inventory inventory, Instant startedAt) {}

  /**
   * An API as an earlier scan has it.
   *
   * @param readAt when a scan began that read its routes
   * @param stagesAt when one began that read its stages
   */
  public record Known(Api api, Instant readAt, Instant stagesAt) {}

  /**
   * Of these sources.
   *
   * @param newestFirst inventories; those in which a source was read later come first
   */
  public static EarlierApis of(Collection<Inventory.Source> sources, List<Scanned> newestFirst) {
    EarlierApis earlier = new EarlierApis();
    Set<Inventory.Source> missing = new HashSet<>(sources);
    for (Scanned scanned : newestFirst) {
      Set<Inventory.Source> told = new HashSet<>(scanned.inventory.read());
      told.retainAll(missing);
      missing.removeAll(told);
      earlier.add(scanned, told);
    }
    return earlier;
  }

  private void add(Scanned scanned, Set<Inventory.Source> sources) {
    for (Api api : scanned.inventory.apis()) {
      if (sources.contains(api.id().source())) {
        known(api, scanned.startedAt).ifPresent(known -> apis.put(api.id(), known));
      }
    }
    for (Inventory.Progress progress : scanned.inventory.progress()) {
      if (sources.contains(progress.source())) {
        Map<Long, Instant> times = rounds.computeIfAbsent(progress.source(), _ -> new HashMap<>());
        for (ReadRound round : progress.of().rounds()) {
          round.fingerprints().forEach(item -> times.put(item, round.at()));
        }
      }
    }
  }

  private static Optional<Known> known(Api api, Instant startedAt) {
    return api.details()
        .map(details -> details.at().map(at -> new Known(api, at, details.stagesAt().orElse(at))))
        .orElseGet(() -> Optional.of(new Known(api, startedAt, startedAt)));
  }

  /** The API; empty if its routes were never read. */
  public Optional<Known> find(ApiId api) {
    return Optional.ofNullable(apis.get(api));
  }

  /** All of a source, in the order of their ids. */
  public Stream<Known> all(Inventory.Source source) {
    return apis.values().stream()
        .filter(known -> known.api.id().source().equals(source))
        .sorted(Comparator.comparing(known -> known.api.id()));
  }

  /** When a scan began that read an item of which nothing else is kept; empty if none is known. */
  public Optional<Instant> readAt(Inventory.Source source, String item) {
    return Optional.ofNullable(
        rounds.getOrDefault(source, Map.of()).get(ReadRound.fingerprint(item)));
  }
}
