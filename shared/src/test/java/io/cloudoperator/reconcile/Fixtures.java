package io.cloudoperator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * A ledger of four calls and the files with their four events, written by hand after AWS's
 * documented examples: an AssumeRole as it is recorded in the role owner's account, a call that has
 * no parameters, one with a versioned name, a refusal, and a stranger's event among them.
 */
final class Fixtures {
  static final String SESSION = "01a201d7-0b00-7000-8000-000000000001";
  static final Instant LATER = Instant.parse("2026-11-22T09:00:00Z");

  private Fixtures() {}

  static String text(String file) {
    try (InputStream in = Fixtures.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException(file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TrailSource source(String name, byte[] bytes) {
    return new TrailSource(name, () -> new ByteArrayInputStream(bytes));
  }

  static TrailSource source(String text) {
    return source("trail.json", text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) Json.STRICT.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The four events of ours, in the order of the ledger's rows, and then the stranger's. */
  static List<ObjectNode> events() {
    List<ObjectNode> events = new ArrayList<>();
    json(text("lookup-events.json"))
        .get("Events")
        .forEach(event -> events.add(json(event.get("CloudTrailEvent").textValue())));
    json(text("s3-file.json")).get("Records").forEach(event -> events.add((ObjectNode) event));
    return events;
  }

  static ObjectNode ledger() {
    return json(text("ledger.json"));
  }

  static ArrayNode calls(JsonNode ledger) {
    return (ArrayNode) ledger.at("/sessions/0/calls");
  }

  static String records(List<? extends JsonNode> events) {
    ObjectNode file = Json.STRICT.createObjectNode();
    file.putArray("Records").addAll(events);
    return file.toString();
  }

  static LedgerDocument document(String json) throws TrailException {
    InputFiles files =
        InputFiles.read(
            List.of(source("the ledger", json.getBytes(StandardCharsets.UTF_8))), Long.MAX_VALUE);
    return files
        .ledger()
        .orElseThrow(() -> new TrailException(SkippedFile.sentence(files.skipped())));
  }

  static Findings reconcile(JsonNode ledger, List<? extends JsonNode> events)
      throws TrailException {
    return reconcile(ledger, LATER, source(records(events)));
  }

  static Findings reconcile(JsonNode ledger, Instant asOf, TrailSource... files)
      throws TrailException {
    return Reconciliation.of(
        document(ledger.toString()), InputFiles.read(List.of(files), Long.MAX_VALUE), asOf);
  }
}
