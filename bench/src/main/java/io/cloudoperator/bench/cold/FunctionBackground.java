package io.cloudoperator.bench.cold;

import io.cloudoperator.local.backend.CustomerSide;
import io.cloudoperator.local.backend.ExampleConnections;
import io.cloudoperator.local.backend.LocalBackend;
import io.cloudoperator.local.backend.StartException;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.sample.SampleConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What stands behind the functions: a backend in which nothing happens, for all that is set off in
 * it ends at once; its tables hold what the events in events/ speak of.
 */
final class FunctionBackground implements AutoCloseable {
  private final LocalBackend backend;
  private FunctionInvoker functions = (_, _) -> "{}";
  private final ExampleConnections example;

  FunctionBackground() throws StartException, IOException {
    backend =
        LocalBackend.start(
            new LocalBackend.Options(
                0, Optional.empty(), new CustomerSide.Sample(SampleConfig.defaults(), Set.of())),
            _ -> {},
            real -> {
              functions = real;
              return (_, _) -> "{}";
            });
    example = new ExampleConnections(backend, functions);
  }

  /**
   * What the template sets for a function, the credentials of its role, and where everything is.
   */
  Map<String, String> environment(String function) {
    return backend.environment(function);
  }

  /** Empties the tables, and writes what the events speak of. */
  void reset() throws Exception {
    empty(backend.table("ConnectionsTable"));
    empty(backend.table("ScansTable"));
    example.write();
    backend.settled();
  }

  private void empty(String table) {
    DynamoDbClient client = backend.database().client();
    client
        .scanPaginator(scan -> scan.tableName(table).projectionExpression("pk, sk"))
        .items()
        .forEach(key -> client.deleteItem(delete -> delete.tableName(table).key(key)));
  }

  @Override
  public void close() {
    backend.close();
  }
}
