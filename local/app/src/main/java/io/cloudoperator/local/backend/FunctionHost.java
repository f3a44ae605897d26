package io.cloudoperator.local.backend;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import io.cloudoperator.aws.Sleeper;
import io.cloudoperator.connect.ConnectHandler;
import io.cloudoperator.connection.ConnectionEvents;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.dispatch.DueScansHandler;
import io.cloudoperator.dispatch.ScanMachine;
import io.cloudoperator.dispatch.SfnScanMachine;
import io.cloudoperator.dispatch.StartScanHandler;
import io.cloudoperator.events.EventBridgeEvents;
import io.cloudoperator.inventory.ApiStore;
import io.cloudoperator.platform.lambda.HostedFunction;
import io.cloudoperator.query.QueryHandler;
import io.cloudoperator.receipt.KmsReceiptKey;
import io.cloudoperator.receipt.KmsReceiptSigner;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.ScanStore;
import io.cloudoperator.scan.ShardPlanner;
import io.cloudoperator.scanner.ConcludeHandler;
import io.cloudoperator.scanner.PlanHandler;
import io.cloudoperator.scanner.ScanRegionsHandler;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.store.DynamoApiStore;
import io.cloudoperator.store.DynamoConnectionStore;
import io.cloudoperator.store.DynamoScanStore;
import io.cloudoperator.trim.TrimHandler;
import io.cloudoperator.vault.KmsRoleVault;
import io.cloudoperator.vault.RoleVault;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The functions of template.yaml, each made with the settings that it has there. */
final class FunctionHost {
  private final LocalDeployment deployment;
  private final Map<String, HostedFunction> hosted = new ConcurrentHashMap<>();
  private final Telemetry telemetry;
  private final InstantSource clock = InstantSource.system();
  private final ConnectionStore connections;
  private final ScanStore scans;

  FunctionHost(
      LocalDeployment deployment,
      DynamoDbClient database,
      BrokerClients clients,
      EventBridgeClient bus,
      CustomerSide side,
      Telemetry telemetry) {
    this.deployment = deployment;
    this.telemetry = telemetry;
    Settings settings = deployment.settings("ConnectFunction");
    connections = new DynamoConnectionStore(database, settings.connectionsTable());
    scans =
        new DynamoScanStore(database, settings.scansTable(), settings.connectionsTable(), clock);
    ApiStore apis =
        new DynamoApiStore(database, settings.scansTable(), settings.connectionsTable(), clock);
    RoleVault vault = new KmsRoleVault(clients.kms(), settings.keyArn(), SecureRandom::new);
    RoleSessions access = clients.access();
    ConnectionEvents events = new EventBridgeEvents(bus, settings.eventBus());

    http(
        "ConnectFunction",
        new ConnectHandler(
            settings,
            new ConnectHandler.Ports(
                connections,
                scans,
                apis,
                vault,
                access,
                new KmsReceiptSigner(clients.kms(), settings.receiptKeyArn()),
                events),
            new ConnectHandler.Surroundings(
                clock, Sleeper.SYSTEM, SecureRandom::new, externalIds(side)),
            telemetry));
    Settings querySettings = deployment.settings("QueryFunction");
    http(
        "QueryFunction",
        new QueryHandler(
            querySettings,
            connections,
            scans,
            apis,
            new KmsReceiptKey(clients.kms(), querySettings.receiptKeyArn()),
            clock,
            telemetry));
    Settings planSettings = deployment.settings("PlanFunction");
    step(
        "PlanFunction",
        new PlanHandler(
            new PlanHandler.Ports(connections, scans, vault, access, events),
            new PlanHandler.Rules(
                new ShardPlanner(planSettings.maxRegionsPerShard()),
                planSettings.proofPolicy(),
                planSettings.canaryRole()),
            clock,
            SecureRandom::new,
            telemetry));
    step(
        "ScanRegionsFunction",
        new ScanRegionsHandler(
            new ScanRegionsHandler.Ports(connections, scans, apis, vault, access),
            ScanRegionsHandler.Broker.of(deployment.settings("ScanRegionsFunction")),
            clock,
            telemetry));
    step("ConcludeFunction", new ConcludeHandler(connections, scans, apis, clock, telemetry));
    typed(
        "TrimFunction",
        new TrimHandler(scans, telemetry),
        DynamodbEvent.class,
        StreamsEventResponse.class);
  }

  /** The functions that start the state machine can be made once it listens. */
  void startScansAt(SfnClient states) {
    Settings settings = deployment.settings("StartScanFunction");
    ScanMachine machine = new SfnScanMachine(states, settings.stateMachineArn(), telemetry);
    http(
        "StartScanFunction",
        new StartScanHandler(
            connections,
            scans,
            machine,
            clock,
            SecureRandom::new,
            settings.tenantClaim(),
            telemetry));
    step(
        "DueScansFunction",
        new DueScansHandler(connections, scans, machine, clock, SecureRandom::new, telemetry));
  }

  /** Invokes a function by its logical id, as {@code FunctionInvoker} says. */
  String invoke(String function, String event) throws IOException {
    HostedFunction found = hosted.get(function);
    if (found == null) {
      throw new IllegalStateException(
          "template.yaml has a function that is not hosted: " + function);
    }
    return found.invoke(event);
  }

  /** An account that is granted already has its External ID; else each connection gets its own. */
  private static Supplier<ExternalId> externalIds(CustomerSide side) {
    Supplier<ExternalId> made = () -> ExternalId.random(new SecureRandom());
    return switch (side) {
      case CustomerSide.Sample _ -> made;
      case CustomerSide.Remote remote -> () -> remote.externalId().orElseGet(made);
    };
  }

  private void http(
      String name, RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler) {
    typed(name, handler, APIGatewayV2HTTPEvent.class, APIGatewayV2HTTPResponse.class);
  }

  private <I, O> void typed(
      String name, RequestHandler<I, O> handler, Class<I> event, Class<O> answer) {
    hosted.put(name, HostedFunction.typed(name, deployment.timeout(name), handler, event, answer));
  }

  private void step(String name, RequestStreamHandler handler) {
    hosted.put(name, HostedFunction.streaming(name, deployment.timeout(name), handler));
  }
}
