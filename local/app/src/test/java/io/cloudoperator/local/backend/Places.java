package io.cloudoperator.local.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudoperator.json.Json;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.platform.states.Execution;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Everything that the backend writes down, sends on or says, by the kind of place. */
final class Places {
  private final Queue<Place> kept = new ConcurrentLinkedQueue<>();

  private record Place(Kind kind, SdkBytes bytes) {}

  /** Where a secret could turn up. */
  enum Kind {
    TABLE,
    TABLE_FILE,
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
    kept.add(new Place(kind, SdkBytes.fromByteArray(bytes)));
  }

  /** The kinds of places that have something in them. */
  Set<Kind> seen() {
    return kept.stream().map(Place::kind).collect(Collectors.toSet());
  }

  /** Those of a kind in which the secret is. */
  List<String> having(Secret secret, Kind kind) {
    return kept.stream()
        .filter(place -> place.kind == kind && secret.isIn(place.bytes.asByteArray()))
        .map(place -> new String(place.bytes.asByteArray(), UTF_8))
        .toList();
  }

  /**
   * The same functions, with what they answer and throw kept here, and the stream's records.
   *
   * @param shown answers in which the customer is shown what only the customer may know
   */
  FunctionInvoker kept(FunctionInvoker functions, Predicate<String> shown) {
    return (function, event) -> {
      if (function.equals("TrimFunction")) {
        add(Kind.STREAM_RECORD, event);
      }
      try {
        String answer = functions.invoke(function, event);
        if (!shown.test(Json.MAPPER.readTree(event).path("routeKey").asText())) {
          add(Kind.ANSWER, answer);
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

  /** An execution's input, output and error, and those of its steps. */
  void keep(Execution execution) {
    add(Kind.STATE_MACHINE, execution.toString());
  }

  /** Every item, attribute by attribute: binary ones may be compressed. */
  void keepTables(Backend backend) {
    for (String table : List.of("ConnectionsTable", "ScansTable")) {
      backend
          .database()
          .client()
          .scanPaginator(request -> request.tableName(backend.table(table)))
          .items()
          .forEach(item -> item.values().forEach(this::keep));
    }
  }

  private void keep(AttributeValue value) {
    switch (value.type()) {
      case B -> add(Kind.TABLE, value.b().asByteArray());
      case M -> value.m().values().forEach(this::keep);
      case L -> value.l().forEach(this::keep);
      case BS -> value.bs().forEach(bytes -> add(Kind.TABLE, bytes.asByteArray()));
      default -> add(Kind.TABLE, value.toString());
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
