package io.cloudoperator.platform.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.platform.template.TableResource;
import io.cloudoperator.platform.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

class LocalDynamoDbTest {
  private List<TableResource> tables = List.of();

  @BeforeEach
  void readTheTemplate() throws IOException {
    tables = Template.read(Path.of("src/test/resources/template.yaml"), Map.of()).tables();
  }

  @Test
  void makesTheTablesOfTheTemplate() {
    try (LocalDynamoDb database = LocalDynamoDb.inMemory()) {
      database.create(tables);

      TableDescription table =
          database.client().describeTable(describe -> describe.tableName("Things")).table();
      assertThat(table.keySchema())
          .extracting(key -> key.attributeName() + " " + key.keyTypeAsString())
          .containsExactly("pk HASH", "sk RANGE");
      assertThat(table.globalSecondaryIndexes())
          .singleElement()
          .satisfies(index -> {
            assertThat(index.indexName()).isEqualTo("due");
            assertThat(index.projection().nonKeyAttributes()).containsExactly("size");
          });
      assertThat(table.streamSpecification().streamViewTypeAsString()).isEqualTo("NEW_IMAGE");
      assertThat(
              database
                  .client()
                  .describeTimeToLive(describe -> describe.tableName("Things"))
                  .timeToLiveDescription())
          .satisfies(ttl -> {
            assertThat(ttl.attributeName()).isEqualTo("expires");
            assertThat(ttl.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
          });
    }
  }

  @Test
  void listensOnTheLoopbackInterfaceOnly() {
    try (LocalDynamoDb database = LocalDynamoDb.inMemory()) {
      assertThat(database.endpoint().getHost()).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void keepsItemsInADirectory(@TempDir Path directory) {
    try (LocalDynamoDb database = LocalDynamoDb.in(directory)) {
      database.create(tables);
      put(database.client(), "kept", Optional.empty());
    }
    try (LocalDynamoDb database = LocalDynamoDb.in(directory)) {
      database.create(tables);
      assertThat(keys(database.client())).containsExactly("kept");
    }
  }

  /** A stream's records of it are kept for a day, as in AWS. */
  @Test
  void leavesNothingOfADeletedItemInItsFiles(@TempDir Path directory, @TempDir Path copies)
      throws IOException {
    TableResource table = tables.getFirst();
    TableResource unstreamed =
        new TableResource(
            table.logicalId(),
            table.request().toBuilder().streamSpecification((StreamSpecification) null).build(),
            table.ttlAttribute());
    Path killed = copies.resolve("killed");
    try (LocalDynamoDb database = LocalDynamoDb.in(directory)) {
      database.create(List.of(unstreamed));
      put(database.client(), "forgotten", Optional.empty());
      database
          .client()
          .deleteItem(delete ->
              delete
                  .tableName("Things")
                  .key(
                      Map.of(
                          "pk", AttributeValue.fromS("forgotten"),
                          "sk", AttributeValue.fromS("thing#1"))));
      assertThat(keys(database.client())).isEmpty();
      copy(directory, killed);
      assertThat(texts(killed)).anyMatch(text -> text.contains("forgotten"));
    }
    assertThat(texts(directory)).isNotEmpty().noneMatch(text -> text.contains("forgotten"));

    try (LocalDynamoDb database = LocalDynamoDb.in(killed)) {
      assertThat(keys(database.client())).isEmpty();
      assertThat(texts(killed)).isNotEmpty().noneMatch(text -> text.contains("forgotten"));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(from, "*.db")) {
      for (Path file : files) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static List<String> texts(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(LocalDynamoDbTest::text).toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As an update of the stack adds it, with the items that are there. */
  @Test
  void addsAnIndexThatAStoredTableDoesNotHave(@TempDir Path directory) {
    TableResource table = tables.getFirst();
    TableResource earlier =
        new TableResource(
            table.logicalId(),
            table.request().toBuilder()
                .globalSecondaryIndexes((Collection<GlobalSecondaryIndex>) null)
                .attributeDefinitions(
                    table.request().attributeDefinitions().stream()
                        .filter(defined -> Set.of("pk", "sk").contains(defined.attributeName()))
                        .toList())
                .build(),
            table.ttlAttribute());
    try (LocalDynamoDb database = LocalDynamoDb.in(directory)) {
      database.create(List.of(earlier));
      database
          .client()
          .putItem(put ->
              put.tableName("Things")
                  .item(
                      Map.of(
                          "pk", AttributeValue.fromS("kept"),
                          "sk", AttributeValue.fromS("thing#1"),
                          "bucket", AttributeValue.fromS("0"),
                          "at", AttributeValue.fromN("1"))));
    }
    try (LocalDynamoDb database = LocalDynamoDb.in(directory)) {
      database.create(tables);

      assertThat(database.client().scan(scan -> scan.tableName("Things").indexName("due")).items())
          .hasSize(1);
    }
  }

  @Test
  void refusesAStoredTableOfAnotherShape(@TempDir Path directory) {
    try (LocalDynamoDb database = LocalDynamoDb.in(directory)) {
      database.create(tables);
      TableResource table = tables.getFirst();
      TableResource other =
          new TableResource(
              table.logicalId(),
              table.request().toBuilder().streamSpecification((StreamSpecification) null).build(),
              table.ttlAttribute());

      assertThatThrownBy(() -> database.create(List.of(other)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("The stored table Things has another shape than the template's");
    }
  }

  @Test
  void sweepsWhatHasExpiredAndNothingElse() {
    try (LocalDynamoDb database = LocalDynamoDb.inMemory()) {
      database.create(tables);
      long later = Instant.now().getEpochSecond() + 3600;
      for (int i = 0; i < 40; i++) {
        put(database.client(), "expired-" + i, Optional.of(later));
      }
      put(database.client(), "current", Optional.of(later + 1));
      put(database.client(), "everlasting", Optional.empty());

      var sweeper =
          new TtlSweeper(database.client(), tables, () -> Instant.ofEpochSecond(later + 1));

      assertThat(sweeper.sweep()).isEqualTo(40);
      assertThat(keys(database.client())).containsExactlyInAnyOrder("current", "everlasting");
    }
  }

  private static void put(DynamoDbClient client, String key, Optional<Long> expires) {
    var item =
        new java.util.HashMap<>(
            Map.of("pk", AttributeValue.fromS(key), "sk", AttributeValue.fromS("thing#1")));
    expires.ifPresent(second -> item.put("expires", AttributeValue.fromN(second.toString())));
    client.putItem(put -> put.tableName("Things").item(item));
  }

  private static List<String> keys(DynamoDbClient client) {
    return client.scan(scan -> scan.tableName("Things")).items().stream()
        .map(item -> item.getOrDefault("pk", AttributeValue.fromS("")).s())
        .toList();
  }
}
