package io.cloudoperator.query;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.query.html.HtmlPage;
import io.cloudoperator.query.html.SecurityHeaders;
import io.cloudoperator.query.page.Console;
import io.cloudoperator.query.page.GzipText;
import io.cloudoperator.query.page.PublicPages;
import io.cloudoperator.query.page.SecurityTxt;
import io.cloudoperator.query.report.ReportFormat;
import io.cloudoperator.query.report.ReportInput;
import io.cloudoperator.query.report.SnapshotSummary;
import io.cloudoperator.runtime.AnswerSize;
import io.cloudoperator.runtime.ApiResponse;
import io.cloudoperator.runtime.Choice;
import io.cloudoperator.runtime.HttpEvents;
import io.cloudoperator.runtime.HttpFunction;
import io.cloudoperator.runtime.Priming;
import io.cloudoperator.runtime.Request;
import io.cloudoperator.runtime.Routes;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.runtime.view.ConnectionView;
import io.cloudoperator.runtime.view.FindingsView;
import io.cloudoperator.runtime.view.LedgerDocuments;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.LedgerStore;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.SnapshotStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The function of every GET route but the grant of a connection, of POST /receipts/verify and of
 * POST …/calls/reconcile. {@link ScanLookup} and {@link CallLedgers} find what is asked for, {@link
 * ApiRoutes}, {@link ReportFormat}, {@link Reconcile}, {@link ReceiptPages}, {@link PublicPages}
 * and {@link Console} answer. It asks for stores, and for nothing that could open a role reference
 * or a customer's account.
 */
public final class QueryHandler implements RequestStreamHandler {
  private static final int PAGE = 20;
  private static final int LARGEST_PAGE = 100;
  private static final String FOR_FIVE_MINUTES = "public, max-age=300";

  private final ConnectionStore connections;
  private final SnapshotStore snapshots;
  private final RunStore runs;
  private final ScanLookup scans;
  private final CallLedgers calls;
  private final ApiRoutes apis;
  private final Settings settings;
  private final InstantSource clock;
  private final Console console;
  private final PublicPages pages;
  private final ReceiptPages receipts;
  private final HttpFunction function;

  public QueryHandler() {
    Wiring wiring = Wiring.ofEnvironment();
    this(wiring);
    Priming.register(wiring.telemetry(), priming());
  }

  public QueryHandler(Wiring wiring) {
    this.connections = wiring.connections();
    this.snapshots = wiring.snapshots();
    this.runs = wiring.runs();
    this.scans = new ScanLookup(runs, snapshots);
    this.calls = new CallLedgers(wiring.ledgers(), runs);
    this.apis = new ApiRoutes(snapshots, wiring.apis(), this::known);
    this.settings = wiring.settings();
    this.clock = wiring.clock();
    this.console = new Console(settings.signIn());
    this.pages = new PublicPages(settings, clock.instant());
    this.receipts = new ReceiptPages(wiring.receiptKey(), wiring.telemetry());
    this.function = new HttpFunction(routes(), settings.tenantClaims(), clock, wiring.telemetry());
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

  private Routes routes() {
    return Routes.builder()
        .route("GET /connections", this::list)
        .query("limit", "after")
        .route("GET /connections/{connectionId}", this::connection)
        .route("GET /connections/{connectionId}/scans/{scanId}", this::scan)
        .route("GET /connections/{connectionId}/scans/{scanId}/report", this::report)
        .query("format")
        .route("GET /connections/{connectionId}/history", this::history)
        .query("detail")
        .route("GET /connections/{connectionId}/calls", this::calls)
        .query("scan", "format", "limit", "after")
        .route("GET /connections/{connectionId}/apis", apis::list)
        .query(
            "region",
            "kind",
            "exposure",
            "authorization",
            "flag",
            "name",
            "standing",
            "scan",
            "limit",
            "after")
        .route("GET /connections/{connectionId}/apis/changes", apis::changes)
        .query("since", "limit", "after")
        .route("GET /connections/{connectionId}/apis/openapi", apis::openApi)
        .query("api", "region", "scan")
        .route("GET /connections/{connectionId}/apis/catalog", apis::catalog)
        .query("limit", "after")
        .route(
            "POST /connections/{connectionId}/calls/reconcile",
            Reconcile.LARGEST,
            Reconcile.TOO_LARGE,
            this::reconcile)
        .query("asOf")
        .open(
            "POST /receipts/verify",
            ReceiptPages.Given.class,
            (_, given) -> ApiResponse.ok(receipts.verify(given)))
        .open("GET /receipts/key", _ -> shared("application/jwk-set+json", receipts.jwks()))
        .open("GET /permissions", request -> shared(request, pages.permissions()))
        .open("GET /openapi.json", request -> shared(request, pages.contract()))
        .open("GET /security", request -> page(request, pages.security()))
        .open("GET /security/claims", request -> page(request, pages.claims()))
        .open("GET /trust.json", request -> shared(request, pages.trust()))
        .open("GET /.well-known/security.txt", this::securityTxt)
        .open("GET /health", _ -> ApiResponse.text(200, "application/json", pages.health()))
        .open("GET /", _ -> console.redirect())
        .open("GET /console", console::page)
        .query("code", "state", "error", "error_description")
        .open("GET /console/settings", _ -> console.settings())
        .open("GET /console/{path+}", console::file)
        .build();
  }

  private ApiResponse securityTxt(Request request) {
    return pages
        .securityTxt()
        .map(text -> shared(SecurityTxt.CONTENT_TYPE, text.at(request.host())))
        .orElseThrow(() ->
            new ProblemException(
                Problem.of(
                    ProblemCode.NOT_FOUND,
                    "The operator of this deployment has published no security contact.")));
  }

  private static ApiResponse page(Request request, GzipText html) {
    return html.answer(request, HtmlPage.CONTENT_TYPE)
        .with("cache-control", FOR_FIVE_MINUTES)
        .with(SecurityHeaders.with(HtmlPage.CONTENT_SECURITY_POLICY));
  }

  private static ApiResponse shared(Request request, GzipText json) {
    return json.answer(request, "application/json").with("cache-control", FOR_FIVE_MINUTES);
  }

  private static ApiResponse shared(String contentType, String text) {
    return ApiResponse.text(200, contentType, text).with("cache-control", FOR_FIVE_MINUTES);
  }

  private ApiResponse list(Request request) {
    int limit = request.query("limit", 1, LARGEST_PAGE, PAGE);
    return ApiResponse.ok(
        ConnectionList.of(
            connections.list(
                request.tenant(),
                limit,
                request.query("after", PageCursor.of(ConnectionId.class)),
                clock.instant())));
  }

  private ApiResponse connection(Request request) {
    Connection connection = known(request);
    SnapshotStore.History history = snapshots.history(connection.tenant(), connection.id());
    return ApiResponse.ok(
            new ConnectionDetail(
                ConnectionView.of(connection),
                runs.running(connection.tenant(), connection.id(), clock.instant()),
                history.snapshots().stream().findFirst().map(SnapshotSummary::of),
                Unreadable.of(history.unreadable())))
        .with(ConnectionView.retryAfter(connection));
  }

  private ApiResponse scan(Request request) {
    return ApiResponse.ok(found(request, known(request)));
  }

  private ApiResponse history(Request request) {
    boolean regions =
        request
            .query("detail", word -> Choice.of(List.of("regions"), name -> name, word))
            .isPresent();
    Connection connection = known(request);
    return ApiResponse.ok(
        HistoryView.of(snapshots.history(connection.tenant(), connection.id()), regions));
  }

  private ApiResponse report(Request request) {
    ReportFormat format =
        request
            .query("format", word -> Choice.of(ReportFormat.class, word))
            .orElse(ReportFormat.JSON);
    Connection connection = known(request);
    return format.reply(
        new ReportInput(
            connection.name(),
            found(request, connection).resultOrRefuse(),
            () -> snapshots.history(connection.tenant(), connection.id()).snapshots(),
            settings.findingsRegion()));
  }

  private ApiResponse calls(Request request) {
    Optional<ScanId> scan = request.query("scan", ScanId::new);
    boolean csv =
        request
            .query("format", word -> Choice.of(List.of("json", "csv"), name -> name, word))
            .filter("csv"::equals)
            .isPresent();
    int limit = request.query("limit", 1, CallsPage.LARGEST, CallsPage.LARGEST);
    Optional<CallsPage.Cursor> after =
        request.query("after", PageCursor.of(CallsPage.Cursor.class));
    Connection connection = known(request);
    Instant now = clock.instant();
    LedgerStore.Ledgers kept = calls.of(connection, scan);
    CallsPage page = CallsPage.of(kept.ledgers(), limit, after, AnswerSize.ROOM);
    return csv
        ? CallLedgers.csv(
            page,
            connection,
            "format=csv&limit=" + limit + scan.map(id -> "&scan=" + id).orElse(""))
        : CallLedgers.json(page, kept.unreadable(), connection, settings.brokerAccount(), now);
  }

  private ApiResponse reconcile(Request request, byte[] events) {
    Instant now = clock.instant();
    Instant asOf = request.query("asOf", Reconcile::time).orElse(now);
    Connection connection = known(request);
    List<Ledger> kept = calls.of(connection, Optional.empty()).ledgers();
    return ApiResponse.ok(
        FindingsView.of(
            Reconcile.findings(
                LedgerDocuments.of(
                    connection, settings.brokerAccount(), now, kept, Optional.empty()),
                events,
                asOf)));
  }

  private Connection known(Request request) {
    return connections
        .find(request.tenant(), request.connection(), clock.instant())
        .orElseThrow(() -> new ProblemException(Problem.notFound("connection")));
  }

  private ScanView found(Request request, Connection connection) {
    return scans
        .find(new ScanKey(connection.tenant(), connection.id(), request.scan()), clock.instant())
        .orElseThrow(() -> new ProblemException(Problem.notFound("scan")));
  }

  /** What is done before the snapshot. */
  Priming.Action[] priming() {
    return new Priming.Action[] {this::warmUp, this::rehearse, pages::make, receipts::jwks};
  }

  PublicPages pages() {
    return pages;
  }

  /** Reads what nobody has: it loads the client, the schemas and the mapper. */
  private void warmUp() {
    ApiResponse.ok(
        ConnectionList.of(connections.list(Priming.NOBODY, 1, Optional.empty(), clock.instant())));
    ApiResponse.ok(HistoryView.of(snapshots.history(Priming.NOBODY, Priming.NO_CONNECTION), false));
  }

  /** Nobody's connections are listed, and none is found. */
  private void rehearse() {
    function.rehearse("GET /connections", Map.of(), "");
    function.rehearse(
        "GET /connections/{connectionId}",
        Map.of("connectionId", Priming.NO_CONNECTION.value()),
        "");
    function.rehearse("GET /permissions", Map.of(), "");
    function.rehearse("GET /console", Map.of(), "");
  }
}
