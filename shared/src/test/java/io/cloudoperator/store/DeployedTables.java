package io.cloudoperator.store;

import io.cloudoperator.platform.dynamodb.LocalDynamoDb;
import io.cloudoperator.platform.template.TableResource;
import io.cloudoperator.platform.template.Template;
import io.cloudoperator.store.stored.UnreadableItems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The tables of template.yaml in one DynamoDB Local for all tests; each test has its tenant. */
final class DeployedTables implements AutoCloseable {
  private final LocalDynamoDb database = LocalDynamoDb.inMemory();
  private final Template template;

  private DeployedTables() {
    try {
      template =
          Template.read(
              Path.of(System.getProperty("repository.root", ".."), "template.yaml"), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  /** Both tables as the stores of scans take them. */
  ScanTables scanTables(InstantSource clock, UnreadableItems unreadable) {
    return new ScanTables(client(), scans(), connections(), clock, unreadable);
  }

  @Override
  public void close() {
    database.close();
  }

  /** Hands the tables to the tests that ask for them. */
  static final class Extension extends TypeBasedParameterResolver<DeployedTables> {
    @Override
    public DeployedTables resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .getOrComputeIfAbsent(
              DeployedTables.class, _ -> new DeployedTables(), DeployedTables.class);
    }
  }
}
