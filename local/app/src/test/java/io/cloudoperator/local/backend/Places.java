package io.cloudoperator.local.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.json.Json;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.platform.states.Execution;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Everything that the backend writes down, sends on or says, by the kind of place. */
final class Places {
  /** By what was written where: the readings of it, made once for all secrets. */
  private final Map<Place, List<String>> kept = new ConcurrentHashMap<>();

  /** The routes that were answered, each with the formats that were asked for. */
  private final Map<String, Set<String>> answered = new ConcurrentHashMap<>();

  private record Place(Kind kind, SdkBytes bytes) {
    String text() {
      return new String(bytes.asByteArrayUnsafe(), UTF_8);
    }
  }

  /** Where a secret could turn up. */
  enum Kind {
    TABLE,
    TABLE_FILE,
    /** What functions sent to the tables, be it there at the end or not. */
    WRITTEN,
    /** That of APIs: what regions said, inventories, catalogues. */
    APIS_WRITTEN,
    STREAM_RECORD,
    STATE_MACHINE,
    ANSWER,
    PUBLISHED_EVENT,
    LOG,
    METRIC,
    EXCEPTION
  }

  void add(Kind kind, String text) {
    add(kind, text.getBytes(UTF_8));
  }

  void add(Kind kind, byte[] bytes) {
    kept.computeIfAbsent(
        new Place(kind, SdkBytes.fromByteArray(bytes)),
        place -> Secret.readings(place.bytes.asByteArrayUnsafe()));
  }

  /** The routes whose answers are here, each with the formats that were asked for. */
  Map<String, Set<String>> answered() {
    return Map.copyOf(answered);
  }

  /** The kinds of places that have something in them. */
  Set<Kind> seen() {
    return kept.keySet().stream().map(Place::kind).collect(Collectors.toSet());
  }

  /** Those of a kind in which the secret is. */
  List<String> having(Secret secret, Kind kind) {
    return kept.entrySet().stream()
        .filter(place -> place.getKey().kind == kind && secret.isIn(place.getValue()))
        .map(place -> place.getKey().text())
        .toList();
  }

  /** Which of the secrets are where, one place of each kind for each. */
  Set<Found> having(Collection<Secret> secrets) {
    SecretIndex index = new SecretIndex(secrets);
    Set<Found> found = new TreeSet<>(Comparator.comparing(Found::toString));
    kept.forEach((place, readings) ->
        index.in(readings).forEach(secret -> found.add(new Found(secret, place.kind))));
    return found;
  }

  /** A secret that is in a place. */
  record Found(Secret secret, Kind kind) {}

  /**
   * The same functions, with what they answer and throw kept here, and the stream's records.
   *
   * @param shown answers in which the customer is shown what only the customer may know
   */
  FunctionInvoker kept(FunctionInvoker functions, Predicate<String> shown) {
    return (function, event) -> {
      if (function.equals("TrimFunction") || function.equals("VerifyFunction")) {
        add(Kind.STREAM_RECORD, event);
      }
      try {
        String answer = functions.invoke(function, event);
        JsonNode http = Json.STRICT.readTree(event);
        String route = http.path("routeKey").asText();
        if (!shown.test(route)) {
          add(Kind.ANSWER, answer);
          String format = http.at("/queryStringParameters/format").asText();
          answered.computeIfAbsent(route, _ -> ConcurrentHashMap.newKeySet()).add(format);
        }
        return answer;
      } catch (Exception e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        add(Kind.EXCEPTION, trace.toString());
        throw e;
      }
    };
  }

  /**
   * What a request writes into a table, and would not be there any more at the end: each attribute
   * by itself, under the kind of its item.
   */
  void keepWritten(SdkRequest request) {
    Stream<Map<String, AttributeValue>> items =
        switch (request) {
          case PutItemRequest put -> Stream.of(put.item());
          case UpdateItemRequest update -> Stream.of(update.expressionAttributeValues());
          case TransactWriteItemsRequest all ->
              all.transactItems().stream().flatMap(Places::written);
          case SdkRequest _ -> Stream.empty();
        };
    items.forEach(item -> {
      Kind kind = ofApis(item) ? Kind.APIS_WRITTEN : Kind.WRITTEN;
      item.values().forEach(value -> keep(kind, value));
    });
  }

  private static Stream<Map<String, AttributeValue>> written(TransactWriteItem item) {
    if (item.put() != null) {
      return Stream.of(item.put().item());
    }
    return item.update() == null
        ? Stream.empty()
        : Stream.of(item.update().expressionAttributeValues());
  }

  private static boolean ofApis(Map<String, AttributeValue> item) {
    AttributeValue sortKey = item.get("sk");
    return sortKey != null
        && Stream.of("apis#", "found#", "catalog#").anyMatch(sortKey.s()::startsWith);
  }

  /** An execution's input, output and error, and those of its steps. */
  void keep(Execution execution) {
    add(Kind.STATE_MACHINE, execution.toString());
  }

  /** Every item, attribute by attribute: binary ones may be compressed. */
  void keepTables(LocalBackend backend) {
    for (String table : List.of("ConnectionsTable", "ScansTable")) {
      backend
          .database()
          .client()
          .scanPaginator(request -> request.tableName(backend.table(table)))
          .items()
          .forEach(item -> item.values().forEach(value -> keep(Kind.TABLE, value)));
    }
  }

  private void keep(Kind kind, AttributeValue value) {
    switch (value.type()) {
      case B -> add(kind, value.b().asByteArray());
      case M -> value.m().values().forEach(each -> keep(kind, each));
      case L -> value.l().forEach(each -> keep(kind, each));
      case BS -> value.bs().forEach(bytes -> add(kind, bytes.asByteArray()));
      default -> add(kind, value.toString());
    }
  }

  /** The tables' files as they lie on the disk, with what was deleted but not overwritten. */
  void keepFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      // The journal of a transaction is gone in the middle of being read.
      for (Path file :
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().endsWith("-journal"))
              .toList()) {
        add(Kind.TABLE_FILE, Files.readAllBytes(file));
      }
    }
  }
}
