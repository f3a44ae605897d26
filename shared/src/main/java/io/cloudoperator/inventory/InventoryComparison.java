package io.cloudoperator.inventory;

import io.cloudoperator.inventory.ApiChanges.Change;
import io.cloudoperator.inventory.ApiChanges.Difference;
import io.cloudoperator.inventory.ApiChanges.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compares two inventories over the sources that were read in both. */
final class InventoryComparison {
  private final Inventory before;
  private final Inventory now;
  private final Set<Inventory.Source> both;
  private final HiddenItems unreadBefore;
  private final HiddenItems unreadNow;
  private final List<Change> changes = new ArrayList<>();

  InventoryComparison(Inventory before, Inventory now) {
    this.before = before;
    this.now = now;
    this.both = new HashSet<>(before.read());
    both.retainAll(new HashSet<>(now.read()));
    this.unreadBefore = new HiddenItems(before);
    this.unreadNow = new HiddenItems(now);
  }

  ApiChanges changes() {
    new KeyedDiff<ApiId, Api>(before.apis(), now.apis(), Api::id)
        .each((id, old, api) -> {
          boolean mayHaveBeen = old.isEmpty() && unreadBefore.mayHave(id);
          boolean mayBe = api.isEmpty() && unreadNow.mayHave(id);
          if (both.contains(id.source()) && !hidden(id) && !mayHaveBeen && !mayBe) {
            apis(old, api);
          }
        });
    return new ApiChanges(changes, notCompared());
  }

  /** Whether it was listed and could not be read by itself, now or before. */
  private boolean hidden(ApiId api) {
    return Stream.of(before, now)
        .flatMap(inventory -> inventory.unread().stream())
        .anyMatch(unread -> unread.hides(api));
  }

  /** The sources that were read both times, and all that they listed. */
  private Set<Inventory.Source> wholly() {
    Set<Inventory.Source> wholly = new HashSet<>(both);
    Stream.of(before, now)
        .flatMap(inventory -> inventory.unread().stream())
        .map(Inventory.Unread::source)
        .forEach(wholly::remove);
    return wholly;
  }

  private List<Inventory.Source> notCompared() {
    SortedSet<Inventory.Source> sources = new TreeSet<>();
    for (Inventory inventory : List.of(before, now)) {
      sources.addAll(inventory.read());
      inventory.unread().forEach(unread -> sources.add(unread.source()));
    }
    sources.removeAll(both);
    return List.copyOf(sources);
  }

  private void apis(Optional<Api> old, Optional<Api> api) {
    if (old.isPresent() && api.isPresent()) {
      if (old.get().listedOnly() || api.get().listedOnly()) {
        // Nothing is known of one of the two but that it was there.
        return;
      }
      note(api.get(), Optional.empty(), new ApiDifferences(wholly()).of(old.get(), api.get()));
      routes(old.get(), api.get());
    } else {
      api.ifPresent(added -> note(Kind.ADDED, added, Optional.empty()));
      old.ifPresent(removed -> note(Kind.REMOVED, removed, Optional.empty()));
    }
  }

  private void routes(Api old, Api api) {
    // In the order of an API's routes, which is not that of their keys.
    Map<Route, Change> found = new TreeMap<>();
    new KeyedDiff<String, Route>(old.routes(), api.routes(), Route::key)
        .each((key, before, now) -> {
          if (before.isPresent() && now.isPresent()) {
            List<Difference> differences = ApiDifferences.of(before.get(), now.get());
            if (!differences.isEmpty()) {
              found.put(now.get(), change(Kind.CHANGED, api, Optional.of(key), differences));
            }
          } else {
            now.ifPresent(
                route -> found.put(route, change(Kind.ADDED, api, Optional.of(key), List.of())));
            before.ifPresent(
                route -> found.put(route, change(Kind.REMOVED, api, Optional.of(key), List.of())));
          }
        });
    changes.addAll(found.values());
  }

  private void note(Kind kind, Api api, Optional<String> route) {
    changes.add(change(kind, api, route, List.of()));
  }

  private void note(Api api, Optional<String> route, List<Difference> differences) {
    if (!differences.isEmpty()) {
      changes.add(change(Kind.CHANGED, api, route, differences));
    }
  }

  private static Change change(
      Kind kind, Api api, Optional<String> route, List<Difference> differences) {
    return new Change(kind, api.id(), api.name(), route, differences);
  }
}
