package io.cloudoperator.connect;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.inventory.ApiStore;
import io.cloudoperator.inventory.Catalog;
import io.cloudoperator.inventory.DocumentTooLargeException;
import io.cloudoperator.json.Json;
import io.cloudoperator.runtime.AnswerSize;
import io.cloudoperator.runtime.AuditTier;
import io.cloudoperator.runtime.Body;
import io.cloudoperator.runtime.Line;
import io.cloudoperator.scan.Written;
import io.cloudoperator.service.ApiKinds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Keeps what an owner knows of its APIs, in place of what was declared before. */
final class DeclareCatalog {
  /** Of a request's body, in bytes. */
  static final int LARGEST = 2 * 1024 * 1024;

  private static final int MOST_ENTRIES = 5_000;
  private static final int MOST_ROUTES = 1_000;
  private static final int LONGEST_ROUTE = 1_024;
  // An answer shows them twice: as declared, and as not there.
  private static final long LARGEST_ROUTES = (AnswerSize.ROOM - 200_000) / 2;
  // A listener of a load balancer has a port besides.
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9*_.-]{1,253}(:\\d{1,5})?");

  private final ConnectionEditor connections;
  private final ApiStore apis;

  DeclareCatalog(ConnectionEditor connections, ApiStore apis) {
    this.connections = connections;
    this.apis = apis;
  }

  record Given(List<Entry> entries) {}

  /** An API: by its id or by a host. */
  record Entry(Optional<String> id, Optional<String> host, Optional<List<String>> routes) {}

  /**
   * What was kept.
   *
   * @param entries how many APIs
   * @param routes how many routes that are declared one by one
   */
  record Declared(Instant declaredAt, int entries, int routes) {}

  /**
   * Declares it.
   *
   * @throws ProblemException 400 that names the entry at fault; 409 if the connection has no
   *     catalogue; 413 if it is more than can be kept
   */
  Declared declare(TenantId tenant, ConnectionId id, Given given, Instant now) {
    List<Catalog.Entry> entries = entries(given);
    Connection connection = AuditTier.required(connections.read(tenant, id));
    ConnectionEditor.refuseDisconnected(connection);
    if (connection.status() == ConnectionStatus.PENDING) {
      // It is forgotten without a purge, and so would leave its catalogue behind.
      throw new ProblemException(
          ProblemCode.CONNECTION_NOT_ACTIVE, "Its APIs can be declared once its role is proven.");
    }
    try {
      switch (apis.declare(connection, new Catalog(entries, now))) {
        case Written.Done _ -> {}
        case Written.Refused _ -> throw ConnectionEditor.changedMeanwhile();
      }
    } catch (DocumentTooLargeException e) {
      throw new ProblemException(
          ProblemCode.CATALOG_TOO_LARGE,
          "It is more than can be kept of a connection. Declare APIs as a whole, without their"
              + " routes.");
    }
    return new Declared(
        now, entries.size(), entries.stream().mapToInt(entry -> entry.routes().size()).sum());
  }

  private static List<Catalog.Entry> entries(Given given) {
    if (given.entries().size() > MOST_ENTRIES) {
      throw at("entries", "It may have %,d elements at most.".formatted(MOST_ENTRIES));
    }
    Set<Object> seen = new HashSet<>();
    List<Catalog.Entry> entries = new ArrayList<>();
    for (int i = 0; i < given.entries().size(); i++) {
      String path = "entries[" + i + "]";
      Catalog.Entry entry = entry(path, given.entries().get(i));
      if (!seen.add(entry.id().isPresent() ? entry.id() : entry.host())) {
        throw at(path, "It is declared twice: give all of its routes in one element.");
      }
      entries.add(entry);
    }
    return entries;
  }

  private static Catalog.Entry entry(String path, Entry given) {
    if (given.id().isPresent() == given.host().isPresent()) {
      throw at(path, "It must have either an id or a host.");
    }
    return new Catalog.Entry(
        given.id().map(id -> Body.field(path + ".id", id, ApiKinds::id)),
        given.host().map(host -> Body.field(path + ".host", host, DeclareCatalog::host)),
        routes(path + ".routes", given.routes().orElse(List.of())));
  }

  private static String host(String text) {
    if (!HOST.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a host reads like api.example.com, without a scheme or a path");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static List<String> routes(String path, List<String> given) {
    if (given.size() > MOST_ROUTES) {
      throw at(path, "It may have %,d elements at most.".formatted(MOST_ROUTES));
    }
    List<String> routes = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      routes.add(Body.field(path + "[" + i + "]", given.get(i), DeclareCatalog::route));
    }
    if (AnswerSize.of(Json.write(routes)) > LARGEST_ROUTES) {
      throw new ProblemException(
          ProblemCode.CATALOG_TOO_LARGE,
          "The routes of one API, %s, are more than can be shown in one answer.".formatted(path));
    }
    return routes;
  }

  private static String route(String text) {
    if (!Line.is(text, LONGEST_ROUTE)) {
      throw new IllegalArgumentException(
          "a route reads like GET /orders/{id}, or of a WebSocket API like $connect");
    }
    return text;
  }

  private static ProblemException at(String field, String detail) {
    return new ProblemException(Problem.field(field, detail));
  }
}
