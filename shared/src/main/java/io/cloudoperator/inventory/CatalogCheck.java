package io.cloudoperator.inventory;

import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.CatalogComparison.Declared;
import io.cloudoperator.inventory.CatalogComparison.Found;
import io.cloudoperator.inventory.CatalogComparison.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Compares a catalogue with an inventory. */
final class CatalogCheck {
  private final Catalog catalog;
  private final Inventory inventory;
  private final List<RegionName> notChosen;
  private final Map<ApiId, Api> byId = new LinkedHashMap<>();
  private final Map<String, Set<Api>> byHost = new HashMap<>();
  private final Set<Inventory.Unread> hidden = new HashSet<>();
  private final HiddenItems left;

  CatalogCheck(Catalog catalog, Inventory inventory, Collection<RegionName> notChosen) {
    this.catalog = catalog;
    this.inventory = inventory;
    this.notChosen = List.copyOf(notChosen);
    this.left = new HiddenItems(inventory);
    for (Api api : inventory.apis()) {
      byId.put(api.id(), api);
      for (Endpoint way : api.entrances()) {
        byHost.computeIfAbsent(plain(way.name()), _ -> new HashSet<>()).add(api);
        byHost.computeIfAbsent(plain(way.host()), _ -> new HashSet<>()).add(api);
      }
    }
    for (Inventory.Unread unread : inventory.unread()) {
      // Where the account has not enabled a region, nothing can run: nothing is hidden there.
      if (unread.reason() != Reading.Reason.NOT_OPTED_IN) {
        hidden.add(unread);
      }
    }
  }

  CatalogComparison standings() {
    List<Declared> declared = new ArrayList<>();
    Map<ApiId, List<Catalog.Entry>> entries = new HashMap<>();
    for (Catalog.Entry entry : catalog.entries()) {
      List<Api> apis = apis(entry);
      apis.forEach(api -> entries.computeIfAbsent(api.id(), _ -> new ArrayList<>()).add(entry));
      declared.add(declared(entry, apis));
    }
    List<Found> found =
        inventory.apis().stream()
            // By which hosts one is called that was only listed is not known.
            .filter(api -> entries.containsKey(api.id()) || !api.listedOnly())
            .map(api -> found(api, entries.getOrDefault(api.id(), List.of())))
            .toList();
    return new CatalogComparison(found, declared);
  }

  private List<Api> apis(Catalog.Entry entry) {
    Optional<List<Api>> named =
        entry.id().map(id -> Optional.ofNullable(byId.get(id)).stream().toList());
    return named.orElseGet(() ->
        entry.host().stream()
            .flatMap(host -> byHost.getOrDefault(plain(host), Set.of()).stream())
            .sorted((one, other) -> one.id().compareTo(other.id()))
            .toList());
  }

  private Declared declared(Catalog.Entry entry, List<Api> apis) {
    if (apis.isEmpty()) {
      return new Declared(
          entry, mayBeHidden(entry) ? Standing.UNKNOWN : Standing.ZOMBIE, List.of(), List.of());
    }
    Set<String> keys = new HashSet<>();
    apis.forEach(api -> api.routes().forEach(route -> keys.add(route.key())));
    List<String> expected = apis.stream().anyMatch(Api::listedOnly) ? List.of() : entry.routes();
    return new Declared(
        entry,
        Standing.DECLARED,
        apis.stream().map(Api::id).toList(),
        expected.stream().filter(key -> !served(key, keys)).toList());
  }

  /** {@code ANY /orders} serves {@code GET /orders}. */
  private static boolean served(String key, Set<String> keys) {
    int space = key.indexOf(' ');
    return keys.contains(key) || (space > 0 && keys.contains("ANY" + key.substring(space)));
  }

  private static Found found(Api api, List<Catalog.Entry> entries) {
    if (entries.isEmpty()) {
      return new Found(api.id(), Standing.SHADOW, List.of());
    }
    if (entries.stream().anyMatch(entry -> entry.routes().isEmpty())) {
      return new Found(api.id(), Standing.DECLARED, List.of());
    }
    Set<String> keys = new HashSet<>();
    entries.forEach(entry -> keys.addAll(entry.routes()));
    return new Found(
        api.id(),
        Standing.DECLARED,
        api.routes().stream()
            .filter(route -> !route.preflight())
            .map(Route::key)
            .filter(key -> !served(key, keys))
            .toList());
  }

  private boolean mayBeHidden(Catalog.Entry entry) {
    return entry.id().map(this::mayBeHidden).orElse(false)
        || entry.host().map(host -> mayBeHidden(plain(host))).orElse(false);
  }

  private boolean mayBeHidden(ApiId id) {
    boolean told =
        inventory.read().contains(id.source())
            || inventory.unread().stream().anyMatch(unread -> unread.source().equals(id.source()));
    return !told || left.mayHave(id) || hidden.stream().anyMatch(unread -> unread.hides(id));
  }

  private boolean mayBeHidden(String host) {
    return Stream.of(
            hidden.stream().map(Inventory.Unread::source),
            inventory.read().stream().filter(left::of),
            notAsked())
        .flatMap(sources -> sources)
        .anyMatch(source -> source.service().hosts().mayBe(host, source.region()));
  }

  /** What would be asked in the regions that were left out, as it was in another. */
  private Stream<Inventory.Source> notAsked() {
    return Stream.concat(
            inventory.read().stream(), inventory.unread().stream().map(Inventory.Unread::source))
        .filter(source -> !source.region().equals(ApiId.GLOBAL))
        .map(Inventory.Source::service)
        .distinct()
        .flatMap(service ->
            notChosen.stream().map(region -> new Inventory.Source(region.value(), service)));
  }

  private static String plain(String host) {
    return host.toLowerCase(Locale.ROOT);
  }
}
