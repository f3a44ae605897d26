package io.cloudoperator.scan;

import io.cloudoperator.call.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The life of a snapshot's flags: since when each is raised, which each snapshot hands on to the
 * next, and which ones were resolved since the snapshot before, as far as those that are kept tell.
 *
 * @param flags those that the snapshot raises, in its order, then those that it resolves
 * @param firstSeen since when there is each flag that the snapshot raises, or could not look for
 */
public record FlagHistory(List<Entry> flags, Map<RiskFlag.Kind, Instant> firstSeen) {
  public FlagHistory {
    flags = List.copyOf(flags);
    firstSeen = Map.copyOf(firstSeen);
  }

  /** The state of a flag. */
  public enum Change {
    /** Raised by this snapshot, and not by the one before. */
    NEW,
    /** Raised before, and still. */
    STAYS,
    /** Raised before, and no longer found where it was looked for. */
    RESOLVED
  }

  /**
   * A flag.
   *
   * @param flag as the snapshot raises it, or as the last one did that raised it
   * @param firstSeen when the first snapshot ended that raised it, of those since then that could
   *     look for it none did not
   */
  public record Entry(RiskFlag flag, Change change, Instant firstSeen) {}

  /**
   * The history of a snapshot's flags. A flag that is not raised where it could not be looked for
   * is neither resolved nor raised: nothing is said of it until it can.
   *
   * @param kept the snapshots of its connection, in any order; later ones are passed over
   */
  public static FlagHistory of(Snapshot snapshot, List<Snapshot> kept) {
    List<Snapshot> before =
        kept.stream()
            .filter(
                other -> other.key().scan().value().compareTo(snapshot.key().scan().value()) < 0)
            .sorted(Comparator.comparing(other -> other.key().scan().value()))
            .toList();
    Walk walk = new Walk();
    before.forEach(walk::advance);
    List<Entry> resolved = walk.advance(snapshot);
    List<Entry> flags = new ArrayList<>();
    snapshot.flags().forEach(flag -> flags.add(walk.open(flag.kind())));
    flags.addAll(resolved);
    return new FlagHistory(flags, walk.firstSeen);
  }

  /** What is known after each snapshot, oldest first. */
  private static final class Walk {
    private final Map<RiskFlag.Kind, Entry> open = new HashMap<>();

    /** Of all that are open, those too whose flag no kept snapshot raises. */
    private Map<RiskFlag.Kind, Instant> firstSeen = Map.of();

    Entry open(RiskFlag.Kind kind) {
      return Objects.requireNonNull(open.get(kind));
    }

    /** Goes on to the next snapshot; what it resolves. */
    List<Entry> advance(Snapshot snapshot) {
      Set<RiskFlag.Kind> raised =
          snapshot.flags().stream().map(RiskFlag::kind).collect(Collectors.toSet());
      Map<RiskFlag.Kind, Instant> since = new HashMap<>(firstSeen);
      since.putAll(snapshot.firstSeen());
      // Of one without its flag nobody can say where it would have to be looked for.
      since
          .keySet()
          .removeIf(kind ->
              !raised.contains(kind)
                  && !open.containsKey(kind)
                  && snapshot.whole()
                  && snapshot.coverage().notChosen().isEmpty());
      List<Entry> resolved =
          open.values().stream()
              .filter(entry ->
                  !raised.contains(entry.flag().kind()) && lookedFor(entry.flag(), snapshot))
              .map(entry -> new Entry(entry.flag(), Change.RESOLVED, entry.firstSeen()))
              .toList();
      resolved.forEach(entry -> {
        open.remove(entry.flag().kind());
        since.remove(entry.flag().kind());
      });
      for (RiskFlag flag : snapshot.flags()) {
        Instant first = since.computeIfAbsent(flag.kind(), _ -> snapshot.finishedAt());
        boolean stays = open.containsKey(flag.kind()) || first.isBefore(snapshot.finishedAt());
        open.put(flag.kind(), new Entry(flag, stays ? Change.STAYS : Change.NEW, first));
      }
      firstSeen = since;
      return resolved;
    }
  }

  /** Whether the snapshot read all that the flag was raised for. */
  private static boolean lookedFor(RiskFlag flag, Snapshot snapshot) {
    RiskFlag.Kind kind = flag.kind();
    if (kind.ofAccount()) {
      return snapshot.accountChecks().stream()
          .map(checks ->
              kind.equals(RiskFlag.Kind.PERMISSION_DRIFT) ? checks.role() : checks.trail())
          .anyMatch(Reading.Complete.class::isInstance);
    }
    if (kind.equals(RiskFlag.Kind.SPARSE_REGIONS)) {
      // It is about how the regions compare.
      return snapshot.coverage().unknown().isEmpty();
    }
    if (RiskFlag.Kind.OTHERS.contains(kind)) {
      return snapshot.apis().stream()
          .anyMatch(apis ->
              apis.unread().stream().noneMatch(unread -> flag.places().contains(unread.region()))
                  && Collections.disjoint(flag.regions(), snapshot.coverage().notChosen()));
    }
    return Collections.disjoint(flag.regions(), snapshot.coverage().unknown());
  }
}
