package io.cloudoperator.bench.cold.plain;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.cloudoperator.runtime.AwsClients;
import io.cloudoperator.runtime.CustomerClients;
import io.cloudoperator.runtime.KeyClients;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scanner.ScanRegionsHandler;
import io.cloudoperator.session.StsRoleSessions;
import io.cloudoperator.store.DynamoApiStore;
import io.cloudoperator.store.DynamoConnectionStore;
import io.cloudoperator.store.DynamoScanStore;
import io.cloudoperator.vault.KmsRoleVault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The same step, tables, key and telemetry as deployed; only the customer is asked otherwise. */
public final class PlainScanHandler implements RequestStreamHandler {
  private final ScanRegionsHandler step;

  /** From the environment, as Lambda makes it. */
  public PlainScanHandler() {
    Settings settings = Settings.ofEnvironment();
    AwsClients clients = new AwsClients(settings);
    DynamoDbClient dynamoDb = clients.dynamoDb();
    InstantSource clock = InstantSource.system();
    step =
        new ScanRegionsHandler(
            new ScanRegionsHandler.Ports(
                new DynamoConnectionStore(dynamoDb, settings.connectionsTable()),
                new DynamoScanStore(
                    dynamoDb, settings.scansTable(), settings.connectionsTable(), clock),
                new DynamoApiStore(
                    dynamoDb, settings.scansTable(), settings.connectionsTable(), clock),
                new KmsRoleVault(KeyClients.kms(clients), settings.keyArn(), SecureRandom::new),
                new SdkAccess(
                    CustomerClients.sts(clients, clients.http(), settings.customerEndpointUrl()),
                    StsRoleSessions.httpClient(),
                    settings.customerEndpointUrl())),
            ScanRegionsHandler.Broker.of(settings),
            clock,
            Telemetry.powertools());
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    step.handleRequest(input, output, context);
  }
}
