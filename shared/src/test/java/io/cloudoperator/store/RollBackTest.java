package io.cloudoperator.store;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.metric.Metric;
import io.cloudoperator.scan.Run;
import io.cloudoperator.service.CountedResources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What this release stores is read by the one before, whose readers refuse what is new. */
@ExtendWith(DeployedTables.Extension.class)
class RollBackTest extends RunsOfAConnection {
  private static final JsonNode FORMS = GoldenFiles.json("v1/members.json");

  // What it does not know of counts, docs/operations.md says it cannot read. It refuses none that
  // it
  // knows, so that any of these that is refused is newer.
  private static final Set<String> COUNTED_SINCE =
      CountedResources.ALL.stream()
          .flatMap(resource -> resource.metrics().stream())
          .flatMap(metric ->
              Stream.concat(
                  Stream.of(metric.name()), metric.flag().stream().map(Metric.Flag::kind)))
          .map(" "::concat)
          .collect(toSet());

  RollBackTest(DeployedTables tables) {
    super(tables);
  }

  @Test
  void writesNothingThatTheReleaseBeforeRefuses() {
    Set<String> seen = new TreeSet<>();
    apis.declare(connection, ApiSample.catalog("api.example.com"));
    for (List<BiConsumer<Connection, Run>> life : lives()) {
      // DynamoDB Local deletes by the clock of the machine.
      Run run = Sample.run(connection, Instant.parse("2100-01-01T00:00:00Z"));
      for (BiConsumer<Connection, Run> step : life) {
        step.accept(connection, run);
        partition().forEach(item -> check(item, seen));
      }
      purge();
    }
    tables.client().scanPaginator(scan -> scan.tableName(tables.connections())).items().stream()
        .filter(item -> GoldenFiles.present(item, "pk").s().equals(tenant.value()))
        .forEach(item -> check(item, seen));

    assertThat(seen)
        .contains(
            "proof",
            "plan",
            "failure",
            "shard",
            "region",
            "buckets",
            "snapshot",
            "inventory",
            "catalogue",
            "regionApis",
            "globalApis",
            "hidden");
  }

  private static void check(Map<String, AttributeValue> item, Set<String> seen) {
    GoldenFiles.texts(
        item,
        (form, json) -> {
          assertThat(StrictReader.refusals(FORMS.path(form), json))
              .filteredOn(refusal -> COUNTED_SINCE.stream().noneMatch(refusal::endsWith))
              .as(form)
              .isEmpty();
          seen.add(form);
        });
    if (item.containsKey("format")) {
      // It refused any other.
      assertThat(item.get("format").n()).isEqualTo("1");
    }
    String key = GoldenFiles.present(item, "sk").s();
    if (key.startsWith("apis#") || key.startsWith("found#")) {
      // It refused a whole inventory, and the scan, for one source that it did not know; what has
      // fewer or more parts than this says, it took for something that is being deleted.
      assertThat(GoldenFiles.present(item, "parts").n()).as(key).isEqualTo("0");
      seen.add("hidden");
    }
  }

  @Test
  void wouldNoticeAMemberAWordOrAnAbsentNumber() {
    JsonNode shard = FORMS.path("shard");
    JsonNode proof = FORMS.path("proof");

    assertThat(refusals(shard, "{\"index\":0,\"regions\":[],\"buckets\":true}")).isEmpty();
    assertThat(refusals(shard, "{\"index\":0,\"regions\":[],\"buckets\":true,\"new\":1}"))
        .isNotEmpty();
    assertThat(refusals(shard, "{\"regions\":[],\"buckets\":true}")).isNotEmpty();
    assertThat(
            refusals(
                proof, "{\"at\":\"\",\"verdict\":\"other\",\"policy\":\"require\",\"probes\":[]}"))
        .hasSize(1);
  }

  private static List<String> refusals(JsonNode form, String json) {
    return StrictReader.refusals(form, GoldenFiles.parsed(json));
  }
}
