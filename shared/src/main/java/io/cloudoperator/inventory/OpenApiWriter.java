package io.cloudoperator.inventory;

import io.cloudoperator.inventory.ApiKind.Trait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Writes APIs as one OpenAPI document. */
final class OpenApiWriter {
  private static final String EXTENSION = "x-cloudoperator-";

  /** The fields of a path item that a method {@code ANY} stands for, as API Gateway takes it. */
  private static final List<String> ANY =
      List.of("get", "put", "post", "delete", "options", "head", "patch");

  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private final String title;
  private final List<Api> apis;
  private final Map<String, Object> schemes = new TreeMap<>();
  private final Map<String, PathItem> paths = new TreeMap<>();
  private final List<Map<String, Object>> leftOut = new ArrayList<>();

  OpenApiWriter(String title, List<Api> apis) {
    this.title = title;
    this.apis = apis;
  }

  Map<String, Object> document() {
    List<Api> said = new ArrayList<>();
    for (Api api : apis) {
      whyNot(api).ifPresentOrElse(why -> leaveOut(api, Optional.empty(), why), () -> said.add(api));
    }
    boolean alone = said.size() == 1;
    said.forEach(api -> write(api, alone));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put("info", Map.of("title", title, "version", "discovered"));
    List<Map<String, Object>> servers = servers(said, alone);
    if (!servers.isEmpty()) {
      document.put("servers", servers);
    }
    Map<String, Object> items = new LinkedHashMap<>();
    paths.values().forEach(item -> items.put(item.template(), item.fields()));
    document.put("paths", items);
    if (!schemes.isEmpty()) {
      document.put("components", Map.of("securitySchemes", schemes));
    }
    document.put(EXTENSION + "apis", said.stream().map(OpenApiWriter::about).toList());
    if (!leftOut.isEmpty()) {
      document.put(EXTENSION + "left-out", leftOut);
    }
    return document;
  }

  private Optional<String> whyNot(Api api) {
    ApiKind kind = api.id().kind();
    if (kind.is(Trait.WEB_SOCKET)) {
      return Optional.of("OpenAPI has no words for WebSocket routes");
    }
    if (!kind.is(Trait.ROUTES)) {
      return Optional.of("its routes are not read");
    }
    return apis.size() > 1 && api.entrances().isEmpty()
        ? Optional.of("no open way leads to it")
        : Optional.empty();
  }

  private static List<Map<String, Object>> servers(List<Api> said, boolean alone) {
    if (said.isEmpty()) {
      return List.of();
    }
    if (!alone) {
      return List.of(
          Map.of("url", "https:/", "description", "Each path begins with its API's host."));
    }
    return said.getFirst().entrances().stream()
        .flatMap(way ->
            way.url().stream()
                .map(url -> Map.<String, Object>of("url", url, "description", describe(way))))
        .toList();
  }

  private static String describe(Endpoint way) {
    String kind = PropertyValues.of(way.kind()).replace('_', ' ');
    return way.stage().isEmpty() ? kind : kind + ", stage " + way.stage();
  }

  private void write(Api api, boolean alone) {
    String prefix = alone ? "" : "/" + best(api).map(Endpoint::address).orElseThrow();
    // What is more special goes first: a path before the rest of one, a method before any.
    api.routes().stream()
        .sorted(
            Comparator.comparing((Route route) -> RoutePath.of(prefix, route.path()).greedy())
                .thenComparing(route -> route.method().equals("ANY")))
        .forEach(route -> write(api, route, prefix));
  }

  /** The way that callers are meant to take. */
  private static Optional<Endpoint> best(Api api) {
    return api.entrances().stream()
        .filter(way -> way.kind() == Endpoint.Kind.CUSTOM_DOMAIN)
        .findFirst()
        .or(() -> api.entrances().stream().findFirst());
  }

  private void write(Api api, Route route, String prefix) {
    List<String> methods =
        route.method().equals("ANY") ? ANY : List.of(route.method().toLowerCase(Locale.ROOT));
    if (!METHODS.containsAll(methods)) {
      leaveOut(api, Optional.of(route.key()), "OpenAPI has no words for its method");
      return;
    }
    RoutePath template = RoutePath.of(prefix, route.path());
    PathItem item = paths.computeIfAbsent(template.shape(), _ -> new PathItem(template));
    List<String> narrowed = new ArrayList<>();
    boolean written = false;
    for (String method : methods) {
      Optional<RoutePath> taken = item.add(method, template, operation(api, route));
      written |= taken.isEmpty();
      if (template.greedy() && taken.filter(other -> !other.greedy()).isPresent()) {
        narrowed.add(method);
      }
    }
    if (!narrowed.isEmpty()) {
      leaveOut(
          api,
          Optional.of(route.key()),
          "OpenAPI takes %s for one path with it: of longer ones, %s is not said"
              .formatted(item.template(), String.join(", ", narrowed)));
    } else if (!written) {
      leaveOut(api, Optional.of(route.key()), "another route has its path and its methods");
    }
  }

  private Map<String, Object> operation(Api api, Route route) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("tags", List.of(api.name()));
    operation.put("security", security(api, route));
    if (api.id().kind().is(Trait.TAKES_JSON)) {
      operation.put(
          "requestBody",
          Map.of(
              "content", Map.of("application/json", Map.of("schema", Map.of("type", "object")))));
    }
    operation.put("responses", Map.of("default", Map.of("description", "Not read.")));
    operation.put(EXTENSION + "api", api.id().toString());
    operation.put(EXTENSION + "route", route.key());
    operation.put(EXTENSION + "exposure", PropertyValues.of(route.exposure()));
    operation.put(EXTENSION + "authorization", PropertyValues.of(route.authorization()));
    return operation;
  }

  private List<Map<String, Object>> security(Api api, Route route) {
    Map<String, Object> all = new LinkedHashMap<>();
    SecuritySchemes.of(api, route)
        .forEach((name, scheme) -> {
          schemes.put(name, scheme);
          all.put(name, List.of());
        });
    return all.isEmpty() ? List.of() : List.of(all);
  }

  private static Map<String, Object> about(Api api) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("id", api.id().toString());
    about.put("name", api.name());
    about.put("exposure", PropertyValues.of(api.exposure()));
    Set<String> addresses = new LinkedHashSet<>();
    api.entrances().forEach(way -> way.url().ifPresent(addresses::add));
    about.put("addresses", List.copyOf(addresses));
    Map<String, Object> flags = new LinkedHashMap<>();
    api.flags().forEach((kind, count) -> flags.put(kind.code(), count));
    about.put("flags", flags);
    return about;
  }

  private void leaveOut(Api api, Optional<String> route, String why) {
    Map<String, Object> note = new LinkedHashMap<>();
    note.put("api", api.id().toString());
    note.put("name", api.name());
    route.ifPresent(key -> note.put("route", key));
    note.put("why", why);
    leftOut.add(note);
  }
}
