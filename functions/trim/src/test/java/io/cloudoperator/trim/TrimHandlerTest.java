package io.cloudoperator.trim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.json.Json;
import io.cloudoperator.platform.dynamodb.LocalDynamoDb;
import io.cloudoperator.platform.lambda.HostedFunction;
import io.cloudoperator.platform.template.Template;
import io.cloudoperator.runtime.AwsClients;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.scan.ScanRetention;
import io.cloudoperator.store.DynamoScanRetention;
import io.cloudoperator.store.ScanTables;
import io.cloudoperator.store.stored.UnreadableItems;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class TrimHandlerTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root", "../.."));
  private static final String ACME = "acme con-0123456789abcdef0123456789abcdef";

  /** Of what the newest five are kept, by their numbers. */
  private static final List<String> KINDS =
      List.of(
          "snapshot#019d0000-0000-7000-8000-00000000000%d",
          "calls#scan#019d0000-0000-7000-8000-00000000000%d#00",
          "calls#proof#019d0000-0000-7000-8000-00000000000%d#00");

  private static final String INITECH = "initech con-00112233445566778899aabbccddeeff";
  private static final String UMBRELLA = "umbrella con-fedcba9876543210fedcba9876543210";

  private final List<String> trimmed = new ArrayList<>();

  @Test
  void leavesTheFiveNewestSnapshotsOfTheConnection() throws IOException {
    Template template = Template.read(ROOT.resolve("template.yaml"), Map.of());
    String table = template.table("ScansTable").name();
    try (LocalDynamoDb database = LocalDynamoDb.inMemory()) {
      database.create(template.tables());
      KINDS.forEach(kind ->
          IntStream.rangeClosed(1, 6)
              .forEach(i -> put(database.client(), table, kind.formatted(i))));
      ScanRetention retention =
          new DynamoScanRetention(
              new ScanTables(
                  database.client(),
                  table,
                  "unused",
                  InstantSource.system(),
                  UnreadableItems.IGNORED));

      JsonNode event = event();
      String proof = KINDS.getLast().formatted(6);
      ((ObjectNode) event.at("/Records/2/dynamodb/Keys/sk")).put("S", proof);

      assertThat(failures(retention, event)).isEmpty();
      assertThat(sortKeys(database.client(), table))
          .containsExactlyInAnyOrderElementsOf(
              KINDS.stream()
                  .flatMap(kind -> IntStream.rangeClosed(2, 6).mapToObj(kind::formatted))
                  .toList());
    }
  }

  @Test
  void trimsEachConnectionOnceAndOnlyForWhatIsNew() throws IOException {
    assertThat(failures(retentionThatFailsFor("nobody"), event())).isEmpty();
    assertThat(trimmed)
        .containsExactly(ACME + " SCAN", UMBRELLA + " SCAN", INITECH + " VERIFICATION");
  }

  @Test
  void asksForTheFirstRecordThatFailedAndWhatComesAfterIt() throws IOException {
    assertThat(failures(retentionThatFailsFor(UMBRELLA), event()))
        .containsExactly("500000000000000000001");
    assertThat(trimmed).containsExactly(ACME + " SCAN");
  }

  @Test
  void asksForAllOfABatchWhoseFirstRecordFailed() throws IOException {
    assertThat(failures(retentionThatFailsFor(ACME), event()))
        .containsExactly("100000000000000000001");
  }

  @Test
  void asksForARecordWhoseKeysItCannotRead() throws IOException {
    JsonNode event = event();
    ((ObjectNode) event.at("/Records/0/dynamodb/Keys")).removeAll();

    assertThat(failures(retentionThatFailsFor("nobody"), event)).hasSize(1);
  }

  /** Where Lambda is told to begin again. */
  private static List<String> failures(ScanRetention retention, JsonNode event) throws IOException {
    HostedFunction trim = new HostedFunction("function", Duration.ofMinutes(3), handler(retention));
    return Json.STRICT
        .readTree(trim.invoke(event.toString()))
        .required("batchItemFailures")
        .findValuesAsText("itemIdentifier");
  }

  private static TrimHandler handler(ScanRetention retention) {
    Settings settings = Settings.of(Map.of("AWS_REGION", "us-east-1"));
    return new TrimHandler(
        new Wiring(settings, new AwsClients(settings), Telemetry.logsOnly()) {
          @Override
          public ScanRetention retention() {
            return retention;
          }
        });
  }

  /** A store that can be made to fail, which the real one cannot. */
  private ScanRetention retentionThatFailsFor(String failing) {
    return (ScanRetention)
        Proxy.newProxyInstance(
            ScanRetention.class.getClassLoader(),
            new Class<?>[] {ScanRetention.class},
            (_, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("trim");
              String owner = arguments[0] + " " + arguments[1];
              if (owner.equals(failing)) {
                throw new IllegalStateException("no table");
              }
              trimmed.add(owner + " " + arguments[2]);
              return new ScanRetention.Trimmed(1, 1);
            });
  }

  /** The file that `sam local invoke` takes too. */
  private static JsonNode event() throws IOException {
    return Json.STRICT.readTree(ROOT.resolve("events/trim.json").toFile());
  }

  private static void put(DynamoDbClient client, String table, String sortKey) {
    client.putItem(request ->
        request
            .tableName(table)
            .item(
                Map.of(
                    "pk", AttributeValue.fromS(ACME.replace(' ', '#')),
                    "sk", AttributeValue.fromS(sortKey))));
  }

  private static List<String> sortKeys(DynamoDbClient client, String table) {
    return client.scan(request -> request.tableName(table)).items().stream()
        .map(item -> item.get("sk"))
        .map(sk -> sk == null ? "" : sk.s())
        .toList();
  }
}
