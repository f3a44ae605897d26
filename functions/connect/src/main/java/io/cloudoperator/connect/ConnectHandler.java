package io.cloudoperator.connect;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ConnectionUpdates;
import io.cloudoperator.connection.DeletionStore;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.receipt.KmsReceiptSigner;
import io.cloudoperator.receipt.ReceiptSigner;
import io.cloudoperator.runtime.ApiResponse;
import io.cloudoperator.runtime.Body;
import io.cloudoperator.runtime.ConnectionEventPublisher;
import io.cloudoperator.runtime.CustomerClients;
import io.cloudoperator.runtime.HttpEvents;
import io.cloudoperator.runtime.HttpFunction;
import io.cloudoperator.runtime.KeyClients;
import io.cloudoperator.runtime.Priming;
import io.cloudoperator.runtime.PrimingRequests;
import io.cloudoperator.runtime.Request;
import io.cloudoperator.runtime.Routes;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.runtime.view.ConnectionView;
import io.cloudoperator.runtime.view.FindingsView;
import io.cloudoperator.runtime.view.ScheduleName;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.ScanRetention;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.vault.RoleVault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The function of every route that changes a connection, and of the one that shows an External ID.
 * The work is done by one class a route: {@link CreateConnection}, {@link ReadGrant}, {@link
 * ProveConnection}, {@link LookUpCalls}, {@link SetSchedule}, {@link DeclareCatalog}, {@link
 * CancelScan}, {@link ConnectionDeletion} and {@link PurgeTenant}.
 */
public final class ConnectHandler implements RequestStreamHandler {
  private final HttpFunction function;
  private final BrokerIdentity broker;
  private final InstantSource clock;
  private final CreateConnection create;
  private final ReadGrant grant;
  private final ProveConnection prove;
  private final LookUpCalls lookUp;
  private final SetSchedule schedule;
  private final DeclareCatalog declare;
  private final CancelScan cancel;
  private final ConnectionDeletion deletion;
  private final PurgeTenant purgeTenant;

  public ConnectHandler() {
    Wiring wiring = Wiring.ofEnvironment();
    this(wiring);
    Priming.register(
        wiring.telemetry(),
        this::warmUp,
        PrimingRequests::openReference,
        PrimingRequests::readAccount);
  }

  public ConnectHandler(Wiring wiring) {
    this(
        wiring,
        new KmsReceiptSigner(KeyClients.kms(wiring.clients()), wiring.settings().receiptKeyArn()));
  }

  ConnectHandler(Wiring wiring, ReceiptSigner signer) {
    Settings settings = wiring.settings();
    Telemetry telemetry = wiring.telemetry();
    ConnectionStore store = wiring.connections();
    ScanRetention retention = wiring.retention();
    RoleVault vault = wiring.vault();
    RoleSessions roles = wiring.roleSessions();
    Supplier<SecureRandom> random = wiring.random();
    broker = BrokerIdentity.of(settings);
    clock = () -> wiring.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    ConnectionEventPublisher announcements =
        new ConnectionEventPublisher(wiring.events(), clock, telemetry);
    ConnectionUpdates updates = new ConnectionUpdates(store, announcements::changed, clock);
    ConnectionEditor connections = new ConnectionEditor(store, updates, clock);
    VerificationRecorder verifications =
        new VerificationRecorder(
            CustomerClients.measured(roles, telemetry), wiring.ledgers(), clock, random);
    create = new CreateConnection(store, vault, random, wiring.externalIds());
    RoleReferences references = new RoleReferences(vault, announcements);
    grant = new ReadGrant(connections, references, broker, telemetry);
    prove = new ProveConnection(wiring);
    lookUp =
        new LookUpCalls(
            connections,
            references,
            verifications,
            wiring.ledgers(),
            settings.brokerAccount(),
            LookUpCalls.Patience.OF_A_REQUEST,
            clock);
    schedule = new SetSchedule(connections);
    declare = new DeclareCatalog(connections, wiring.apis());
    cancel = new CancelScan(connections, wiring.runs(), wiring.snapshots(), clock);
    DeletionStore deletions = wiring.deletions();
    Receipts receipts = new Receipts(deletions, signer, clock, random, telemetry);
    RetainedData retained = new RetainedData(settings.logRetention());
    deletion =
        new ConnectionDeletion(
            connections, deletions, wiring.runs(), retention, receipts, retained, clock);
    purgeTenant = new PurgeTenant(store, deletions, retention, receipts, retained, clock);
    function = new HttpFunction(routes(), settings.tenantClaims(), clock, telemetry);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    HttpEvents.handle(event, answer, read -> handleRequest(read, context));
  }

  /** Answers an event that was read. */
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return function.handle(event, context);
  }

  /**
   * A schedule for a connection that nobody has: the whole way to the table and back. A connection
   * without a name, which is refused. What a grant says, with an External ID that is none.
   */
  private void warmUp() {
    function.rehearse(
        "PUT /connections/{connectionId}/schedule",
        Map.of("connectionId", Priming.NO_CONNECTION.value()),
        "{\"schedule\":\"off\"}");
    function.rehearse("POST /connections", Map.of(), "{}");
    ApiResponse.ok(
        Grant.to(broker, new ExternalId("cloudoperator-" + "0".repeat(43)), Tier.MINIMAL));
  }

  private Routes routes() {
    return Routes.builder()
        .route("POST /connections", NewConnection.class, this::create)
        .route(
            "GET /connections/{connectionId}/grant",
            request -> ApiResponse.ok(grant.read(request.tenant(), request.connection())))
        .route("PUT /connections/{connectionId}/role", GivenRole.class, this::giveRole)
        .route("POST /connections/{connectionId}/verify", this::verify)
        .route("POST /connections/{connectionId}/calls/lookup", this::lookUp)
        .query("scan")
        .route("PUT /connections/{connectionId}/schedule", NewSchedule.class, this::setSchedule)
        .route(
            "PUT /connections/{connectionId}/apis/catalog",
            DeclareCatalog.Given.class,
            DeclareCatalog.LARGEST,
            this::declare)
        .route("POST /connections/{connectionId}/scans/{scanId}/cancel", this::cancelScan)
        .route(
            "DELETE /connections/{connectionId}",
            request -> ApiResponse.ok(deletion.disconnect(request.tenant(), request.connection())))
        .recentSignIn()
        .route(
            "DELETE /connections/{connectionId}/data",
            request -> ApiResponse.ok(deletion.purge(request.tenant(), request.connection())))
        .recentSignIn()
        .route("DELETE /tenant", request -> ApiResponse.ok(purgeTenant.purge(request.tenant())))
        .recentSignIn()
        .build();
  }

  private record NewConnection(String name, Optional<Tier> tier) {}

  private record GivenRole(String roleArn) {}

  private record NewSchedule(String schedule) {}

  private ApiResponse create(Request request, NewConnection body) {
    String name = Body.field("name", body.name(), CreateConnection::name);
    CreateConnection.Created created =
        create.create(request.tenant(), name, body.tier().orElse(Tier.MINIMAL), clock.instant());
    return ApiResponse.created(
        PendingConnection.path(created.connection()),
        PendingConnection.of(created.connection(), created.externalId(), broker));
  }

  private ApiResponse giveRole(Request request, GivenRole body) {
    ConnectionId id = request.connection();
    RoleArn role = Body.field("roleArn", body.roleArn(), RoleArn::new);
    return proof(prove.withRole(request.tenant(), id, role));
  }

  private ApiResponse verify(Request request) {
    return proof(prove.again(request.tenant(), request.connection()));
  }

  private ApiResponse lookUp(Request request) {
    Optional<ScanId> scan = request.query("scan", ScanId::new);
    return ApiResponse.ok(
        FindingsView.of(lookUp.lookUp(request.tenant(), request.connection(), scan)));
  }

  private ApiResponse setSchedule(Request request, NewSchedule body) {
    ConnectionId id = request.connection();
    return view(
        schedule.set(
            request.tenant(),
            id,
            Body.field("schedule", body.schedule(), ScheduleName::parse),
            clock.instant()));
  }

  private ApiResponse declare(Request request, DeclareCatalog.Given body) {
    return ApiResponse.ok(
        declare.declare(request.tenant(), request.connection(), body, clock.instant()));
  }

  private ApiResponse cancelScan(Request request) {
    return ApiResponse.ok(
        cancel.cancel(new ScanKey(request.tenant(), request.connection(), request.scan())));
  }

  /** 202 if the role is tried on in the background. */
  private static ApiResponse proof(Connection connection) {
    return connection.verifying()
        ? ApiResponse.json(202, ConnectionView.of(connection))
            .with(ConnectionView.retryAfter(connection))
        : view(connection);
  }

  private static ApiResponse view(Connection connection) {
    return ApiResponse.ok(ConnectionView.of(connection));
  }
}
