package io.cloudoperator.reconcile;

import static io.cloudoperator.reconcile.Fixtures.document;
import static io.cloudoperator.reconcile.Fixtures.gzip;
import static io.cloudoperator.reconcile.Fixtures.json;
import static io.cloudoperator.reconcile.Fixtures.records;
import static io.cloudoperator.reconcile.Fixtures.source;
import static io.cloudoperator.reconcile.Fixtures.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ledgers, CloudTrail files and what they say of each other. console/test/reconcile.test.js reads
 * the same file: what the console finds in the browser is what is found here.
 */
class ReconcileVectorsTest {
  private static final ObjectNode VECTORS = json(text("vectors.json"));

  /** One of them; the file names it. */
  record Vector(JsonNode form) {
    @Override
    public String toString() {
      return form.get("name").textValue();
    }
  }

  static Stream<Vector> vectors() {
    return stream(VECTORS.get("cases")).map(Vector::new);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void findsWhatTheVectorSays(Vector vector) throws Exception {
    JsonNode form = vector.form();
    List<TrailSource> files = stream(form.get("files")).map(ReconcileVectorsTest::file).toList();

    Findings findings =
        Reconciliation.of(
            document(VECTORS.at("/ledgers/" + form.get("ledger").textValue()).toString()),
            InputFiles.read(files, Long.MAX_VALUE),
            Instant.parse(form.get("asOf").textValue()));

    assertThat(Json.STRICT.readTree(Json.write(findings))).isEqualTo(form.get("findings"));
  }

  private static TrailSource file(JsonNode file) {
    byte[] content = content(file).getBytes(UTF_8);
    return source(
        file.get("name").textValue(), file.path("gzip").booleanValue() ? gzip(content) : content);
  }

  private static String content(JsonNode file) {
    if (file.has("text")) {
      return file.get("text").textValue();
    }
    if (file.has("records")) {
      return records(events(file.get("records")).toList());
    }
    ObjectNode printed = Json.STRICT.createObjectNode();
    ArrayNode events = printed.putArray("Events");
    events(file.get("lookup"))
        .forEach(event -> events.addObject().put("CloudTrailEvent", event.toString()));
    return printed.toString();
  }

  private static Stream<JsonNode> events(JsonNode ids) {
    return stream(ids).map(id -> VECTORS.at("/events/" + id.textValue()));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
