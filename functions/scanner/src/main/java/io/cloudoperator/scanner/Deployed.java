package io.cloudoperator.scanner;

import io.cloudoperator.aws.Sleeper;
import io.cloudoperator.connection.ConnectionEvents;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.events.EventBridgeEvents;
import io.cloudoperator.inventory.ApiStore;
import io.cloudoperator.runtime.AwsClients;
import io.cloudoperator.runtime.CustomerClients;
import io.cloudoperator.runtime.EventClients;
import io.cloudoperator.runtime.KeyClients;
import io.cloudoperator.runtime.Priming;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.ScanStore;
import io.cloudoperator.scan.ShardPlanner;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.session.StsRoleSessions;
import io.cloudoperator.store.DynamoApiStore;
import io.cloudoperator.store.DynamoConnectionStore;
import io.cloudoperator.store.DynamoScanStore;
import io.cloudoperator.vault.KmsRoleVault;
import io.cloudoperator.vault.RoleVault;
import java.security.SecureRandom;
import java.time.InstantSource;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the steps are made of in Lambda, from the environment. Each asks for what it needs. */
final class Deployed {
  private final Settings settings = Settings.ofEnvironment();
  private final AwsClients clients = new AwsClients(settings);
  private final DynamoDbClient dynamoDb = clients.dynamoDb();

  final Telemetry telemetry = Telemetry.powertools();
  final InstantSource clock = InstantSource.system();
  final ConnectionStore connections =
      new DynamoConnectionStore(dynamoDb, settings.connectionsTable());
  final ScanStore scans =
      new DynamoScanStore(dynamoDb, settings.scansTable(), settings.connectionsTable(), clock);
  final ApiStore apis =
      new DynamoApiStore(dynamoDb, settings.scansTable(), settings.connectionsTable(), clock);

  RoleVault vault() {
    return new KmsRoleVault(KeyClients.kms(clients), settings.keyArn(), SecureRandom::new);
  }

  RoleSessions access() {
    SdkHttpClient http = StsRoleSessions.httpClient();
    return new StsRoleSessions(
        CustomerClients.sts(clients, http, settings.customerEndpointUrl()),
        http,
        settings.customerEndpointUrl(),
        clock,
        Sleeper.SYSTEM);
  }

  ScanRegionsHandler.Broker broker() {
    return ScanRegionsHandler.Broker.of(settings);
  }

  ConnectionEvents events() {
    return new EventBridgeEvents(EventClients.eventBridge(clients), settings.eventBus());
  }

  PlanHandler.Rules rules() {
    return new PlanHandler.Rules(
        new ShardPlanner(settings.maxRegionsPerShard()),
        settings.proofPolicy(),
        settings.canaryRole());
  }

  /** A payload of nobody's, with what its step takes beside the ids. */
  static String payload(String more) {
    return """
    {"tenant":"nobody","connection":"con-%s","scan":"%s"%s}\
    """
        .formatted("0".repeat(32), "00000000-0000-7000-8000-000000000000", more);
  }

  /**
   * Reads what is not there, so that the paths to both tables are warm.
   *
   * @param more what a step does beside
   */
  void prime(Priming.Action... more) {
    TenantId nobody = new TenantId("nobody");
    ConnectionId nothing = new ConnectionId("con-" + "0".repeat(32));
    ScanId never = new ScanId("00000000-0000-7000-8000-000000000000");
    Priming.register(
        telemetry,
        () -> connections.find(nobody, nothing, clock.instant()),
        () -> scans.progress(new ScanKey(nobody, nothing, never)),
        () -> scans.history(nobody, nothing));
    Priming.register(telemetry, more);
  }
}
