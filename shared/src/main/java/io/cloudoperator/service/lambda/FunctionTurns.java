package io.cloudoperator.service.lambda;

import io.cloudoperator.inventory.EarlierApis.Known;
import io.cloudoperator.inventory.ReadRound;
import io.cloudoperator.inventory.SourceProgress;
import io.cloudoperator.service.Turns;
import io.cloudoperator.service.lambda.FunctionUrlReader.ListedFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Decides which of a region's functions are asked about in a scan: first those that no scan has
 * come to, then those that were changed since, then those that were read the longest ago. Of the
 * others, their URLs are as they were read. docs/decisions/049
 */
final class FunctionTurns {
  /** Of clocks, ours and AWS's. */
  private static final Duration MARGIN = Duration.ofMinutes(2);

  private final Turns turns;
  private final Map<String, List<Known>> urls = new HashMap<>();

  FunctionTurns(Turns turns) {
    this.turns = turns;
    turns
        .earlier()
        .all(turns.source())
        .forEach(
            url -> urls.computeIfAbsent(url.api().id().item(), _ -> new ArrayList<>()).add(url));
  }

  /** A function that was asked about. */
  private record Answered(String function, List<FunctionUrl> urls) {}

  List<FunctionUrl> read(
      List<ListedFunction> listed, Function<String, List<FunctionUrl>> question) {
    Turns.Taken<ListedFunction, Answered> taken =
        turns.read(
            order(listed),
            ListedFunction::name,
            function -> new Answered(function.name(), question.apply(function.name())));
    if (!taken.left().isEmpty()) {
      tell(taken);
    }
    return Stream.concat(
            taken.read().stream().flatMap(answer -> answer.urls.stream()),
            taken.left().stream()
                .flatMap(function -> urls.getOrDefault(function.name(), List.of()).stream())
                .map(FunctionUrlRules::earlier))
        .toList();
  }

  /** When each function was read, for the next scan. */
  private void tell(Turns.Taken<ListedFunction, Answered> taken) {
    SortedMap<Instant, Set<Long>> rounds = new TreeMap<>();
    List<String> unread = new ArrayList<>();
    for (ListedFunction function : taken.left()) {
      readAt(function)
          .ifPresentOrElse(
              at -> add(rounds, at, function.name()), () -> unread.add(function.name()));
    }
    Optional<Instant> oldest = rounds.keySet().stream().findFirst();
    taken.read().forEach(answer -> add(rounds, turns.startedAt(), answer.function));
    int all = taken.read().size() + taken.left().size();
    turns.tell(
        new SourceProgress(
            all,
            all - unread.size(),
            unread.stream().sorted().limit(SourceProgress.MOST_NAMED).toList(),
            oldest,
            rounds.entrySet().stream()
                .map(round -> ReadRound.of(round.getKey(), round.getValue()))
                .toList()));
  }

  private static void add(Map<Instant, Set<Long>> rounds, Instant at, String function) {
    rounds.computeIfAbsent(at, _ -> new HashSet<>()).add(ReadRound.fingerprint(function));
  }

  /**
   * Those that no scan has come to alternate with those that were changed; once there are none,
   * these alternate with those that were read the longest ago. None keeps another waiting for good.
   */
  private List<ListedFunction> order(List<ListedFunction> listed) {
    List<ListedFunction> unread = new ArrayList<>();
    List<ListedFunction> changed = new ArrayList<>();
    List<ListedFunction> others = new ArrayList<>();
    for (ListedFunction function : listed) {
      Optional<Instant> known = readAt(function);
      if (known.isEmpty()) {
        unread.add(function);
      } else if (function
          .modified()
          .filter(at -> !at.isAfter(known.get().minus(MARGIN)))
          .isEmpty()) {
        changed.add(function);
      } else {
        others.add(function);
      }
    }
    Comparator<ListedFunction> oldestFirst =
        Comparator.comparing(function -> readAt(function).orElse(Instant.MIN));
    changed.sort(oldestFirst);
    others.sort(oldestFirst);
    List<ListedFunction> order = new ArrayList<>();
    if (unread.isEmpty()) {
      order.addAll(Turns.alternating(changed, others));
    } else {
      order.addAll(Turns.alternating(unread, changed));
      order.addAll(others);
    }
    return order;
  }

  private Optional<Instant> readAt(ListedFunction function) {
    return turns
        .earlier()
        .readAt(turns.source(), function.name())
        .or(() ->
            urls.getOrDefault(function.name(), List.of()).stream().map(Known::readAt).findFirst());
  }
}
