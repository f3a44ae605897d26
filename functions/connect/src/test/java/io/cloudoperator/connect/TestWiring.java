package io.cloudoperator.connect;

import io.cloudoperator.aws.Sleeper;
import io.cloudoperator.connection.ConnectionEvents;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.runtime.AwsClients;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.store.DynamoConnectionStore;
import io.cloudoperator.store.ScanTables;
import io.cloudoperator.vault.RoleVault;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The deployed tables, a clock that tests move, and a vault, roles and a bus that they make up. */
class TestWiring extends Wiring {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "AWS_REGION", "us-east-1",
          "BROKER_ACCOUNT", "111122223333",
          "BROKER_ROLE_PATTERN", "arn:aws:iam::111122223333:role/cloudoperator/broker/*",
          "PROOF_POLICY", "require",
          "LOG_RETENTION_DAYS", "30");

  private final DeployedTables tables;
  private final Time time;
  private final RoleVault vault;
  private final RoleSessions roles;
  private final ConnectionEvents events;

  TestWiring(
      Map<String, String> more,
      DeployedTables tables,
      Time time,
      RoleVault vault,
      RoleSessions roles,
      ConnectionEvents events,
      Telemetry telemetry) {
    super(settings(more), new AwsClients(settings(more)), telemetry);
    this.tables = tables;
    this.time = time;
    this.vault = vault;
    this.roles = roles;
    this.events = events;
  }

  TestWiring(
      DeployedTables tables,
      Time time,
      RoleVault vault,
      RoleSessions roles,
      ConnectionEvents events) {
    this(Map.of(), tables, time, vault, roles, events, Telemetry.logsOnly());
  }

  private static Settings settings(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(SETTINGS);
    environment.putAll(more);
    return Settings.of(environment);
  }

  @Override
  public InstantSource clock() {
    return time;
  }

  @Override
  public Sleeper sleeper() {
    return time;
  }

  /** What every store writes through. */
  DynamoDbClient dynamoDb() {
    return tables.client();
  }

  @Override
  public ConnectionStore connections() {
    return new DynamoConnectionStore(dynamoDb(), tables.connections());
  }

  @Override
  public ScanTables scanTables() {
    return tables.scanTables(dynamoDb(), time);
  }

  @Override
  public RoleVault vault() {
    return vault;
  }

  @Override
  public RoleSessions roleSessions() {
    return roles;
  }

  @Override
  public ConnectionEvents events() {
    return events;
  }
}
