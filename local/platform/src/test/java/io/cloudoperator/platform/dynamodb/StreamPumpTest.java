package io.cloudoperator.platform.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.platform.template.TableResource;
import io.cloudoperator.platform.template.Template;
import io.cloudoperator.platform.template.Trigger.TableStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class StreamPumpTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String INSERTED_THINGS =
      "{'eventName': ['INSERT'], 'dynamodb': {'Keys': {'sk': {'S': [{'prefix': 'thing#'}]}}}}";

  private static final LocalDynamoDb DATABASE = LocalDynamoDb.inMemory();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final List<JsonNode> deadLetters = new CopyOnWriteArrayList<>();
  private final List<Duration> slept = new CopyOnWriteArrayList<>();
  private final TableResource table;

  StreamPumpTest() throws IOException {
    table = Template.read(Path.of("src/test/resources/template.yaml"), Map.of()).table("Things");
  }

  @BeforeEach
  void createTheTable() {
    DATABASE.create(List.of(table));
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @AfterEach
  void deleteTheTable() {
    DATABASE.client().deleteTable(delete -> delete.tableName("Things"));
  }

  @Test
  void deliversARecordAsLambdaDoes() throws Exception {
    put("thing#1");
    try (StreamPump pump = start(trigger(false, 10, 0, false, false, List.of()), this::take)) {
      pump.drained();
    }

    JsonNode record = events.getFirst().path("Records").path(0);
    assertThat(record.path("eventName").asText()).isEqualTo("INSERT");
    assertThat(record.path("eventSource").asText()).isEqualTo("aws:dynamodb");
    assertThat(record.path("eventSourceARN").asText()).contains(":table/Things/stream/");
    assertThat(record.path("eventID").asText()).isNotEmpty();
    assertThat(record.path("dynamodb").path("Keys"))
        .isEqualTo(MAPPER.readTree("{\"pk\":{\"S\":\"p\"},\"sk\":{\"S\":\"thing#1\"}}"));
    assertThat(record.path("dynamodb").path("NewImage").path("at").path("N").asText())
        .isEqualTo("7");
    assertThat(record.path("dynamodb").path("SequenceNumber").asText()).isNotEmpty();
    assertThat(record.path("dynamodb").path("StreamViewType").asText()).isEqualTo("NEW_IMAGE");
    assertThat(record.path("dynamodb").path("ApproximateCreationDateTime").isNumber()).isTrue();
  }

  @Test
  void deliversInTheOrderOfWritingAndInBatches() throws Exception {
    try (StreamPump pump = start(trigger(false, 2, 0, false, false, List.of()), this::take)) {
      for (int i = 0; i < 5; i++) {
        put("thing#" + i);
      }
      pump.drained();

      assertThat(events.stream().flatMap(event -> keys(event).stream()))
          .containsExactly("thing#0", "thing#1", "thing#2", "thing#3", "thing#4");
      assertThat(events).allSatisfy(event -> assertThat(keys(event)).hasSizeLessThanOrEqualTo(2));
    }
  }

  @Test
  void deliversOnlyWhatTheFilterLetsThrough() throws Exception {
    List<JsonNode> filters = List.of(MAPPER.readTree(INSERTED_THINGS.replace('\'', '"')));
    put("thing#1");
    put("other#1");
    DATABASE
        .client()
        .deleteItem(delete ->
            delete.tableName("Things").key(Map.of("pk", text("p"), "sk", text("thing#1"))));
    try (StreamPump pump = start(trigger(false, 10, 0, false, false, filters), this::take)) {
      pump.drained();
    }

    assertThat(events)
        .singleElement()
        .satisfies(e -> assertThat(keys(e)).containsExactly("thing#1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'eventName': [{'anything-but': ['REMOVE']}]}|filter.eventName: {\"anything-but\":[\"REMOVE\"]} is not known here",
        "{'$or': [{'eventName': ['INSERT']}]}|filter: $or is not known here",
        "{'eventName': 'INSERT'}|filter.eventName: must be a list of values or an object",
      })
  void refusesAFilterThatItDoesNotKnow(String filter, String message) throws Exception {
    JsonNode pattern = MAPPER.readTree(filter.replace('\'', '"'));

    assertThatThrownBy(
            () -> start(trigger(false, 10, 0, false, false, List.of(pattern)), this::take))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void leavesOutWhatWasWrittenBeforeWhenItStartsAtTheLatest() throws Exception {
    put("thing#before");
    try (StreamPump pump = start(trigger(true, 10, 0, false, false, List.of()), this::take)) {
      put("thing#after");
      pump.drained();
    }

    assertThat(events.stream().flatMap(event -> keys(event).stream()))
        .containsExactly("thing#after");
  }

  @Test
  void triesAFailedBatchAgainAndThenGivesItUp() throws Exception {
    put("thing#1");
    try (StreamPump pump = start(trigger(false, 10, 2, false, false, List.of()), this::refuse)) {
      pump.drained();
    }

    assertThat(events).hasSize(3);
    assertThat(slept).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
    assertThat(deadLetters)
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.path("requestContext").path("approximateInvokeCount").asInt())
              .isEqualTo(3);
          assertThat(letter.path("DDBStreamBatchInfo").path("batchSize").asInt()).isEqualTo(1);
        });
  }

  @Test
  void splitsAFailedBatchUntilOnlyThePoisonIsGivenUp() throws Exception {
    for (int i = 0; i < 4; i++) {
      put("thing#" + i);
    }
    List<String> taken = new ArrayList<>();
    FunctionInvoker poisoned =
        (_, event) -> {
          List<String> keys = keys(MAPPER.readTree(event));
          if (keys.contains("thing#2")) {
            throw new IllegalStateException("poison");
          }
          taken.addAll(keys);
          return "{}";
        };
    try (StreamPump pump = start(trigger(false, 10, 0, true, false, List.of()), poisoned)) {
      pump.drained();
    }

    assertThat(taken).containsExactly("thing#0", "thing#1", "thing#3");
    assertThat(deadLetters).hasSize(1);
  }

  @Test
  void goesOnFromTheRecordThatAnAnswerNames() throws Exception {
    for (int i = 0; i < 3; i++) {
      put("thing#" + i);
    }
    FunctionInvoker second =
        (function, event) -> {
          take(function, event);
          JsonNode records = MAPPER.readTree(event).path("Records");
          return records.size() < 3
              ? "{\"batchItemFailures\":[]}"
              : "{\"batchItemFailures\":[{\"itemIdentifier\":\"%s\"}]}"
                  .formatted(records.path(1).path("dynamodb").path("SequenceNumber").asText());
        };
    try (StreamPump pump = start(trigger(false, 10, 3, false, true, List.of()), second)) {
      pump.drained();
    }

    assertThat(events.stream().map(StreamPumpTest::keys))
        .containsExactly(List.of("thing#0", "thing#1", "thing#2"), List.of("thing#1", "thing#2"));
  }

  @Test
  void saysSoWhenItIsNotReadingAnyMore() throws Exception {
    StreamPump pump = start(trigger(false, 10, 0, false, false, List.of()), this::take);
    pump.close();

    assertThatThrownBy(pump::drained).isInstanceOf(IllegalStateException.class);
  }

  private StreamPump start(TableStream trigger, FunctionInvoker functions) {
    return StreamPump.start(
        DATABASE, table, trigger, functions, letter -> deadLetters.add(json(letter)), slept::add);
  }

  private static TableStream trigger(
      boolean latest,
      int batch,
      int retries,
      boolean bisect,
      boolean items,
      List<JsonNode> filters) {
    return new TableStream("Tick", "Things", latest, batch, retries, bisect, items, filters);
  }

  private String take(String function, String event) {
    assertThat(function).isEqualTo("Tick");
    events.add(json(event));
    return "{}";
  }

  private String refuse(String function, String event) {
    take(function, event);
    throw new IllegalStateException("refused");
  }

  private void put(String sk) {
    DATABASE
        .client()
        .putItem(put ->
            put.tableName("Things")
                .item(Map.of("pk", text("p"), "sk", text(sk), "at", AttributeValue.fromN("7"))));
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static List<String> keys(JsonNode event) {
    List<String> keys = new ArrayList<>();
    event
        .path("Records")
        .forEach(r -> keys.add(r.path("dynamodb").path("Keys").path("sk").path("S").asText()));
    return keys;
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
