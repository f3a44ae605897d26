package io.cloudoperator.query;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiFlags;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.ApiStore;
import io.cloudoperator.inventory.Catalog;
import io.cloudoperator.inventory.CatalogComparison;
import io.cloudoperator.inventory.CatalogComparison.Standing;
import io.cloudoperator.inventory.OpenApiDocument;
import io.cloudoperator.json.Json;
import io.cloudoperator.metric.Severity;
import io.cloudoperator.runtime.AnswerSize;
import io.cloudoperator.runtime.ApiResponse;
import io.cloudoperator.runtime.AuditTier;
import io.cloudoperator.runtime.Choice;
import io.cloudoperator.runtime.Request;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.SnapshotStore;
import io.cloudoperator.service.ApiKinds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The APIs of an account over HTTP: the inventory, what changed, and how it stands to a catalogue.
 */
final class ApiRoutes {
  private final ApiStore apis;
  private final InventoryLookup inventories;
  private final Function<Request, Connection> connection;

  /**
   * Routes that read these stores.
   *
   * @param connection finds the connection of a request, or ends it
   */
  ApiRoutes(SnapshotStore snapshots, ApiStore apis, Function<Request, Connection> connection) {
    this.apis = apis;
    this.inventories = new InventoryLookup(snapshots, apis);
    this.connection = connection;
  }

  /**
   * Some APIs of an inventory.
   *
   * @param summary of all of it, whatever was asked for
   * @param matching how many APIs there are of those that were asked for, on all pages
   * @param next given as {@code after}, brings the next page; absent on the last
   */
  record InventoryView(
      ScanId scanId,
      Instant finishedAt,
      ApiSummary summary,
      int matching,
      List<ApiView> items,
      Optional<String> next) {}

  ApiResponse list(Request request) {
    ApiFilter filter = ApiFilter.of(request);
    Optional<Standing> standing =
        request.query(
            "standing",
            word -> Choice.of(List.of(Standing.DECLARED, Standing.SHADOW), Choice::word, word));
    Optional<ScanId> scan = request.query("scan", ScanId::new);
    int limit = request.query("limit", 1, ApisPage.LARGEST, ApisPage.USUAL);
    Optional<ApisPage.Cursor> after = request.query("after", PageCursor.of(ApisPage.Cursor.class));
    Connection asked = audited(request);
    InventoryLookup.Found found = inventories.find(asked, scan);
    Optional<Map<ApiId, Standing>> declared = standings(asked, found);
    if (standing.isPresent() && declared.isEmpty()) {
      throw new ProblemException(notDeclared());
    }
    Map<ApiId, Standing> standings = declared.orElse(Map.of());
    Map<RiskFlag.Kind, Severity> severities =
        ApiFlags.of(found.inventory()).stream()
            .collect(Collectors.toMap(RiskFlag::kind, RiskFlag::severity));
    List<ApiView> matching =
        found.inventory().apis().stream()
            .filter(api ->
                filter.admits(api)
                    && standing.stream().allMatch(wanted -> standings.get(api.id()) == wanted))
            .map(api ->
                ApiView.of(
                    api,
                    found.snapshot().startedAt(),
                    severities,
                    Optional.ofNullable(standings.get(api.id()))))
            .toList();
    ApisPage page = ApisPage.of(matching, limit, after, AnswerSize.ROOM);
    return ApiResponse.ok(
        new InventoryView(
            found.scan(),
            found.snapshot().finishedAt(),
            found.summary(),
            matching.size(),
            page.items(),
            page.next().map(PageCursor::token)));
  }

  ApiResponse changes(Request request) {
    Optional<ScanId> since = request.query("since", ScanId::new);
    int limit = request.query("limit", 1, ApiChangesPage.LARGEST, ApiChangesPage.USUAL);
    Optional<ApiChangesPage.Cursor> after =
        request.query("after", PageCursor.of(ApiChangesPage.Cursor.class));
    Connection asked = audited(request);
    InventoryLookup.Found now = inventories.find(asked, after.map(ApiChangesPage.Cursor::now));
    Optional<InventoryLookup.Found> before =
        after
            .map(ApiChangesPage.Cursor::since)
            .or(() -> since)
            .map(id -> inventories.of(asked, id))
            .or(() -> inventories.before(asked, now));
    return ApiResponse.ok(
        ApiChangesPage.of(
            before, now, limit, after.map(ApiChangesPage.Cursor::from).orElse(0), AnswerSize.ROOM));
  }

  ApiResponse openApi(Request request) {
    Optional<ApiId> id = request.query("api", ApiKinds::id);
    Optional<String> region = request.query("region", ApiFilter::region);
    Optional<ScanId> scan = request.query("scan", ScanId::new);
    if (id.isPresent() == region.isPresent()) {
      throw new ProblemException(
          Problem.field("api", "Name one API by its id, or with region all of a region."));
    }
    Connection asked = audited(request);
    InventoryLookup.Found found = inventories.find(asked, scan);
    List<Api> wanted =
        found.inventory().apis().stream()
            .filter(api ->
                id.stream().allMatch(api.id()::equals)
                    && region.stream().allMatch(api.id().region()::equals))
            .toList();
    if (wanted.isEmpty() && id.isPresent()) {
      throw new ProblemException(Problem.notFound("API in the inventory"));
    }
    String title = id.map(_ -> wanted.getFirst().name()).orElseGet(() -> "APIs in " + region.get());
    String document = Json.write(OpenApiDocument.of(title, wanted));
    if (AnswerSize.of(document) > AnswerSize.ROOM) {
      throw new ProblemException(
          ProblemCode.DOCUMENT_TOO_LARGE,
          "The APIs of this region do not fit into one answer: ask for one API at a time.");
    }
    return ApiResponse.text(200, "application/json", document)
        .with(
            "content-disposition",
            "attachment; filename=\"openapi-%s.json\""
                .formatted(
                    id.map(ApiId::toString)
                        .orElseGet(region::get)
                        .replaceAll("[^A-Za-z0-9._-]+", "-")));
  }

  ApiResponse catalog(Request request) {
    int limit = request.query("limit", 1, CatalogPage.LARGEST, CatalogPage.LARGEST);
    Optional<CatalogPage.Cursor> after =
        request.query("after", PageCursor.of(CatalogPage.Cursor.class));
    Connection asked = audited(request);
    Catalog catalog = catalog(asked).orElseThrow(() -> new ProblemException(notDeclared()));
    if (after.stream().anyMatch(cursor -> !cursor.declaredAt().equals(catalog.declaredAt()))) {
      throw new ProblemException(
          Problem.field(
              "after", "The APIs were declared anew since that page: begin with the first."));
    }
    Optional<InventoryLookup.Found> found =
        after.isPresent()
            ? after.get().scan().map(id -> inventories.of(asked, id))
            : inventories.newest(asked);
    return ApiResponse.ok(
        CatalogPage.of(
            catalog, found, limit, after.map(CatalogPage.Cursor::from).orElse(0), AnswerSize.ROOM));
  }

  private Connection audited(Request request) {
    return AuditTier.required(connection.apply(request));
  }

  /** How each API stands to the catalogue; nothing if none was declared. */
  private Optional<Map<ApiId, Standing>> standings(Connection asked, InventoryLookup.Found found) {
    return catalog(asked)
        .map(catalog ->
            CatalogComparison.of(
                    catalog, found.inventory(), found.snapshot().coverage().notChosen())
                .found()
                .stream()
                .collect(
                    Collectors.toMap(
                        CatalogComparison.Found::api, CatalogComparison.Found::standing)));
  }

  private Optional<Catalog> catalog(Connection asked) {
    return apis.catalog(asked.tenant(), asked.id());
  }

  private static Problem notDeclared() {
    return Problem.of(
        ProblemCode.NO_CATALOG,
        "Nothing was declared: PUT the APIs that you know of to …/apis/catalog.");
  }
}
