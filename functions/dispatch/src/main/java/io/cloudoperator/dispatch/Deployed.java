package io.cloudoperator.dispatch;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.runtime.AwsClients;
import io.cloudoperator.runtime.Priming;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.ScanStore;
import io.cloudoperator.store.DynamoConnectionStore;
import io.cloudoperator.store.DynamoScanStore;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** What both functions are made of in Lambda, from the environment. */
final class Deployed {
  private final AwsClients clients;
  private final DynamoDbClient dynamoDb;

  final Settings settings = Settings.ofEnvironment();
  final Telemetry telemetry = Telemetry.powertools();
  final InstantSource clock = InstantSource.system();
  final ConnectionStore connections;
  final ScanStore scans;
  final ScanMachine machine;

  Deployed() {
    clients = new AwsClients(settings);
    dynamoDb = clients.dynamoDb();
    connections = new DynamoConnectionStore(dynamoDb, settings.connectionsTable());
    scans =
        new DynamoScanStore(dynamoDb, settings.scansTable(), settings.connectionsTable(), clock);
    machine =
        new SfnScanMachine(
            clients.configured(SfnClient.builder().httpClient(clients.http())).build(),
            settings.stateMachineArn(),
            telemetry);
  }

  /**
   * Reads what is not there, so that the paths to both tables are warm.
   *
   * @param more what a function does beside
   */
  void prime(Priming.Action... more) {
    TenantId nobody = new TenantId("nobody");
    ConnectionId nothing = new ConnectionId("con-" + "0".repeat(32));
    Priming.register(
        telemetry,
        () -> connections.find(nobody, nothing, clock.instant()),
        () -> scans.running(nobody, nothing, clock.instant()));
    Priming.register(telemetry, more);
  }
}
