package io.cloudoperator.connect;

import io.cloudoperator.platform.dynamodb.LocalDynamoDb;
import io.cloudoperator.platform.template.TableResource;
import io.cloudoperator.platform.template.Template;
import io.cloudoperator.store.ScanTables;
import io.cloudoperator.store.stored.UnreadableItems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The tables of template.yaml, in memory. What has expired stays in them. */
final class DeployedTables implements AutoCloseable {
  static final Path REPOSITORY = Path.of(System.getProperty("repository.root", "../.."));

  private final LocalDynamoDb database = LocalDynamoDb.inMemory();
  private final Template template;

  DeployedTables() throws IOException {
    template = Template.read(REPOSITORY.resolve("template.yaml"), Map.of());
    database.create(template.tables().stream().map(DeployedTables::keepingWhatExpired).toList());
  }

  /** Tests move their own clocks; DynamoDB Local would delete by that of the machine. */
  private static TableResource keepingWhatExpired(TableResource table) {
    return new TableResource(table.logicalId(), table.request(), Optional.empty());
  }

  DynamoDbClient client() {
    return database.client();
  }

  String connections() {
    return template.table("ConnectionsTable").name();
  }

  String scans() {
    return template.table("ScansTable").name();
  }

  ScanTables scanTables(InstantSource clock) {
    return scanTables(client(), clock);
  }

  ScanTables scanTables(DynamoDbClient through, InstantSource clock) {
    return new ScanTables(through, scans(), connections(), clock, UnreadableItems.IGNORED);
  }

  /** Every item of a tenant's connections and their claims, as it is stored. */
  List<Map<String, AttributeValue>> rawConnections(String tenant) {
    return raw(tenant, "pk = :pk AND sk < :deletions");
  }

  /** Every item of a tenant's deletions, as it is stored. */
  List<Map<String, AttributeValue>> rawDeletions(String tenant) {
    return raw(tenant, "pk = :pk AND begins_with(sk, :deletions)");
  }

  private List<Map<String, AttributeValue>> raw(String tenant, String keys) {
    return client()
        .query(query ->
            query
                .tableName(connections())
                .consistentRead(true)
                .keyConditionExpression(keys)
                .expressionAttributeValues(
                    Map.of(
                        ":pk",
                        AttributeValue.fromS(tenant),
                        ":deletions",
                        AttributeValue.fromS("deletion#"))))
        .items();
  }

  /** Every item of a connection's scans, as it is stored. */
  List<Map<String, AttributeValue>> rawScans(String tenant, String connection) {
    return client()
        .query(query ->
            query
                .tableName(scans())
                .consistentRead(true)
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(
                    Map.of(":pk", AttributeValue.fromS(tenant + "#" + connection))))
        .items();
  }

  /** Deletes a connection's record and nothing else, as only somebody by hand can. */
  void loseConnection(String tenant, String connection) {
    client()
        .deleteItem(delete ->
            delete
                .tableName(connections())
                .key(
                    Map.of(
                        "pk",
                        AttributeValue.fromS(tenant),
                        "sk",
                        AttributeValue.fromS(connection))));
  }

  /** Makes another connection the holder of an account. */
  void giveClaimTo(String tenant, String account, String holder) {
    client()
        .updateItem(update ->
            update
                .tableName(connections())
                .key(
                    Map.of(
                        "pk",
                        AttributeValue.fromS(tenant),
                        "sk",
                        AttributeValue.fromS("account#" + account)))
                .updateExpression("SET holder = :holder")
                .expressionAttributeValues(Map.of(":holder", AttributeValue.fromS(holder))));
  }

  /** Makes a connection's record one that cannot be read. */
  void damageConnection(String tenant, String connection) {
    client()
        .updateItem(update ->
            update
                .tableName(connections())
                .key(
                    Map.of(
                        "pk", AttributeValue.fromS(tenant), "sk", AttributeValue.fromS(connection)))
                .updateExpression("SET tier = :tier")
                .expressionAttributeValues(Map.of(":tier", AttributeValue.fromS("another"))));
  }

  @Override
  public void close() {
    database.close();
  }

  /** Gives the tests of {@link ConnectStage} one of it, which is closed after the last of them. */
  static final class Extension implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      ConnectStage.tables =
          context
              .getRoot()
              .getStore(ExtensionContext.Namespace.GLOBAL)
              .getOrComputeIfAbsent(DeployedTables.class, _ -> started(), DeployedTables.class);
    }

    private static DeployedTables started() {
      try {
        return new DeployedTables();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
