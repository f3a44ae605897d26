package io.cloudoperator.sample.apigateway;

import io.cloudoperator.sample.apigateway.GatewayApi.Backend;
import io.cloudoperator.sample.data.AccountDraft;
import io.cloudoperator.sample.data.ApiNames;
import io.cloudoperator.sample.data.CorsFacts;
import io.cloudoperator.sample.data.Ids;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An API in the making, and the domains that lead to it: regional, in use and without a flaw until
 * it is told otherwise. An entry of {@code showcase.yaml} is one.
 */
final class ApiDraft {

  String name = "";
  GatewayApi.Kind kind = GatewayApi.Kind.REST;

  /** Its place among the busiest regions. */
  int region;

  /** How long ago it was made. */
  int days = 400;

  GatewayApi.Endpoint endpoint = GatewayApi.Endpoint.REGIONAL;
  boolean executeApiDisabled;
  String tls = "TLS_1_2";
  GatewayApi.Policy policy = GatewayApi.Policy.NONE;
  @Nullable CorsFacts cors;
  List<Authorizer> authorizers = new ArrayList<>();
  List<Routes> routes = new ArrayList<>();
  List<Stage> stages = new ArrayList<>();
  List<Domain> domains = new ArrayList<>();

  /**
   * An authorizer.
   *
   * @param issuer of a JWT authorizer
   */
  record Authorizer(String name, String type, @Nullable String issuer) {}

  /**
   * Routes that are alike.
   *
   * @param authorization CUSTOM, JWT and COGNITO_USER_POOLS are by the last authorizer
   * @param backend Lambda, if none is named
   * @param keys or
   * @param crud what is to be listed, created, read, replaced and deleted
   */
  record Routes(
      String authorization,
      boolean apiKey,
      @Nullable Backend backend,
      @Nullable List<String> keys,
      @Nullable String crud) {

    Routes(String authorization, Backend backend, List<String> keys) {
      this(authorization, false, backend, keys, null);
    }

    private List<String> all() {
      return keys == null
          ? ApiNames.crud(Objects.requireNonNull(crud, "routes have keys or crud"))
          : keys;
    }
  }

  /**
   * A stage.
   *
   * @param days since it was changed
   * @param empty whether nothing was deployed to it
   */
  record Stage(
      String name,
      int days,
      boolean logs,
      @Nullable Double rate,
      @Nullable String acl,
      boolean empty) {}

  /** A domain and what leads from it to the API. */
  record Domain(
      String name,
      GatewayApi.@Nullable Endpoint endpoint,
      @Nullable String tls,
      boolean mutualTls,
      DomainFacts.@Nullable RoutingMode mode,
      @Nullable List<Mapping> mappings,
      @Nullable List<Rule> rules) {}

  /** A path of a domain and the stage that it leads to. */
  record Mapping(String path, String stage) {}

  /** A routing rule and the stage that it leads to. */
  record Rule(
      int priority,
      @Nullable List<String> basePaths,
      @Nullable List<DomainFacts.HeaderMatch> headers,
      String stage,
      boolean stripBasePath) {}

  void authorizer(String called, String type) {
    authorizers.add(new Authorizer(called, type, null));
  }

  /** Adds the API to the account, and its domains. */
  void put(AccountDraft draft) {
    GatewayApi api = make(draft);
    draft.put(api);
    domains.forEach(each -> draft.put(domain(draft, each, api)));
  }

  private GatewayApi make(AccountDraft draft) {
    Ids ids = draft.ids();
    String id = ids.api();
    List<GatewayApi.Authorizer> made =
        authorizers.stream()
            .map(each ->
                new GatewayApi.Authorizer(
                    ids.letters(6), each.name, each.type, Optional.ofNullable(each.issuer)))
            .toList();
    boolean rest = kind == GatewayApi.Kind.REST;
    List<GatewayApi.Route> ways = new ArrayList<>();
    for (Routes alike : routes) {
      boolean byAuthorizer =
          List.of("CUSTOM", "JWT", "COGNITO_USER_POOLS").contains(alike.authorization);
      for (String key : alike.all()) {
        ways.add(
            new GatewayApi.Route(
                rest ? "" : ids.letters(7),
                key,
                alike.authorization,
                byAuthorizer ? Optional.of(made.getLast().id()) : Optional.empty(),
                alike.apiKey,
                alike.backend == null ? Backend.LAMBDA : alike.backend));
      }
    }
    List<GatewayApi.Stage> deployed =
        stages.stream()
            .map(each ->
                new GatewayApi.Stage(
                    each.name,
                    each.empty ? Optional.empty() : Optional.of(ids.letters(6)),
                    draft.ago(each.days),
                    each.logs,
                    Optional.ofNullable(each.rate),
                    Optional.ofNullable(each.acl)))
            .toList();
    Map<String, String> resources = new LinkedHashMap<>();
    if (rest) {
      addResource("/", ids, resources);
      ways.forEach(way -> addResource(way.path(), ids, resources));
    }
    return new GatewayApi(
        draft.region(region),
        id,
        name,
        kind,
        draft.ago(days),
        endpoint,
        executeApiDisabled,
        tls,
        policy,
        Optional.ofNullable(cors),
        resources,
        ways,
        deployed,
        made);
  }

  /** With all those above it that are not there yet. */
  private static void addResource(String path, Ids ids, Map<String, String> resources) {
    if (!resources.containsKey(path)) {
      if (!path.equals("/")) {
        addResource(above(path), ids, resources);
      }
      resources.put(path, ids.letters(6));
    }
  }

  /** The path of the resource above another, which is not the root. */
  static String above(String path) {
    return path.substring(0, Math.max(1, path.lastIndexOf('/')));
  }

  private static DomainFacts domain(AccountDraft draft, Domain domain, GatewayApi api) {
    boolean rest = api.kind() == GatewayApi.Kind.REST;
    return new DomainFacts(
        api.region(),
        domain.name,
        domain.endpoint == null ? GatewayApi.Endpoint.REGIONAL : domain.endpoint,
        domain.tls == null ? "TLS_1_2" : domain.tls,
        domain.mutualTls,
        domain.mode == null ? DomainFacts.RoutingMode.API_MAPPING_ONLY : domain.mode,
        list(domain.mappings).stream()
            .map(each -> new DomainFacts.Mapping(each.path, api.id(), each.stage, rest))
            .toList(),
        list(domain.rules).stream()
            .map(each ->
                new DomainFacts.RoutingRule(
                    draft.ids().letters(6),
                    each.priority,
                    list(each.basePaths),
                    list(each.headers),
                    api.id(),
                    each.stage,
                    each.stripBasePath))
            .toList());
  }

  private static <T> List<T> list(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
