package io.cloudoperator.scan;

import io.cloudoperator.call.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The life of a snapshot's flags, as far as the snapshots that are kept tell it: since when each is
 * raised, and which ones were resolved since the snapshot before.
 *
 * @param flags those that the snapshot raises, in its order, then those that it resolves
 */
public record FlagHistory(List<Entry> flags) {
  public FlagHistory {
    flags = List.copyOf(flags);
  }

  /** What became of a flag. */
  public enum Change {
    /** Raised by this snapshot first. */
    NEW,
    /** Raised before, and still. */
    STAYS,
    /** Raised before, and looked for again in vain. */
    RESOLVED
  }

  /**
   * A flag.
   *
   * @param flag as the snapshot raises it, or as the last one did that raised it
   * @param firstSeen when the first of the kept snapshots ended that raise it without a break
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
    Map<RiskFlag.Kind, Entry> open = new LinkedHashMap<>();
    before.forEach(earlier -> advance(open, earlier));
    List<Entry> resolved = advance(open, snapshot);
    List<Entry> flags = new ArrayList<>();
    snapshot.flags().forEach(flag -> flags.add(open.get(flag.kind())));
    flags.addAll(resolved);
    return new FlagHistory(flags);
  }

  private static List<Entry> advance(Map<RiskFlag.Kind, Entry> open, Snapshot snapshot) {
    List<RiskFlag.Kind> raised = snapshot.flags().stream().map(RiskFlag::kind).toList();
    List<Entry> resolved = new ArrayList<>();
    for (Iterator<Entry> all = open.values().iterator(); all.hasNext(); ) {
      Entry entry = all.next();
      if (!raised.contains(entry.flag().kind()) && lookedFor(entry.flag(), snapshot)) {
        all.remove();
        resolved.add(new Entry(entry.flag(), Change.RESOLVED, entry.firstSeen()));
      }
    }
    for (RiskFlag flag : snapshot.flags()) {
      Entry known = open.get(flag.kind());
      open.put(
          flag.kind(),
          known == null
              ? new Entry(flag, Change.NEW, snapshot.finishedAt())
              : new Entry(flag, Change.STAYS, known.firstSeen()));
    }
    return resolved;
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
      return snapshot.coverage().unread().isEmpty();
    }
    if (RiskFlag.Kind.OTHERS.contains(kind)) {
      return snapshot.apis().stream()
          .anyMatch(apis ->
              apis.unread().stream().noneMatch(unread -> flag.places().contains(unread.region())));
    }
    return snapshot.coverage().unread().stream()
        .noneMatch(unread -> flag.regions().contains(unread.region()));
  }
}
